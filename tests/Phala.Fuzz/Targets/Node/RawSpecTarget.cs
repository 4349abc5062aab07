using System.Text;
using Phala.Node.ChainSpecs;
using Phala.Node.Inspect;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as a chain specification, for the two readers: that of any chain's raw form, and the node's own.</summary>
public sealed class RawSpecTarget : FuzzTarget
{
    private static readonly ChainSpecReader Own = new(TestChain.LightCode);

    /// <inheritdoc/>
    public override string Name => "chain-spec";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Texts().Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<RawSpecError>().Except([nameof(RawSpecError.None)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (1 << 20) + (512 * (long)inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        bool isRead = Own.TryRead(input, out ChainSpec? own, out ChainSpecError? wrong);
        if (isRead != own is not null || isRead != wrong is null) throw new InvalidOperationException("The specification and the error disagree.");
        RawSpecError error = RawSpec.TryRead(input, out RawSpec? spec, out _);
        if (error != RawSpecError.None) return new FuzzOutcome(error != RawSpecError.NoJson || input.Length > 2, error.ToString());
        if (isRead && spec!.GivenRoot is null && spec.RootIn(StateVersion.V1) != own!.Genesis.Root) throw new InvalidOperationException("The two readers give other states.");
        return new FuzzOutcome(true, null);
    }

    private static IEnumerable<string> Texts()
    {
        const string head = """{"name":"n","id":"i","genesis":""";
        yield return head + """{"raw":{"top":{"0x01":"0x02","0x3a636f6465":"0x00"},"childrenDefault":{}}}}""";
        yield return head + """{"raw":{"top":{"0x01":"0x02"},"childrenDefault":{"0x07":{"0x08":"0x09"}}}}}""";
        yield return head + """{"stateRootHash":"0x29d0d972cd27cbc511e9589fcb7a4506d5eb6a9e8df205f00472e5ab354a4e17"}}""";
        yield return head + """{"runtimeGenesis":{"validators":[],"balances":[],"slotDuration":1,"sessionLength":2,"specVersion":1000}}}""";
        yield return head + """{"raw":{"top":{"0x""" + new string('1', 2050) + "\":\"0x\"}}}}";
        yield return head + """{"raw":{"top":{"0x3a6368696c645f73746f726167653a64656661756c743a01":"0x"}}}}""";
        yield return """{"name":"\ud800","id":"é"}""";
    }
}
