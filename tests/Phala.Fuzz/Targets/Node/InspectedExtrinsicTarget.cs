using System.Text.Json.Nodes;
using Phala.Chain.Extrinsics;
using Phala.Codec.TypeInfo;
using Phala.Node.Inspect.Metadata;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Metadata;
using Phala.Testing;
using Phala.Testing.Chain;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as an extrinsic read with metadata, and as values of types that do not make sense.</summary>
public sealed class InspectedExtrinsicTarget : FuzzTarget
{
    private static readonly ChainMetadata Metadata = MetadataReader.TryRead(RuntimeMetadata.Encode(16, 1001), out ChainMetadata? read, out _) ? read : throw new InvalidOperationException("The metadata can't be read.");

    /// <summary>A pair of itself, the compact form of a text, a great many of nothing, a type that is not there, a list of nothing.</summary>
    private static readonly TypeRegistry Senseless = new(
    [
        TypeDescription.Anonymous(new TypeDefinition.Tuple([0, 0])),
        TypeDescription.Anonymous(new TypeDefinition.Compact(2)),
        TypeDescription.Anonymous(new TypeDefinition.Simple(Primitive.Str)),
        TypeDescription.Anonymous(new TypeDefinition.Array(uint.MaxValue, 4)),
        TypeDescription.Anonymous(new TypeDefinition.Tuple([])),
        TypeDescription.Anonymous(new TypeDefinition.Sequence(4)),
        TypeDescription.Anonymous(new TypeDefinition.BitSequence(2, 2)),
    ]);

    /// <inheritdoc/>
    public override string Name => "inspected-extrinsic";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = Samples();

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<ValueError>().Except([nameof(ValueError.None)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (8 << 20) + (1024 * (long)inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length > 0 && input[0] <= Senseless.Types.Count)
        {
            ValueDecoder decoder = new(Senseless, 42);
            bool isRead = decoder.TryDecode(input.AsSpan(1), input[0], out _);
            if (isRead != decoder.Fault is null) throw new InvalidOperationException("The value and the fault disagree.");
            return new FuzzOutcome(true, decoder.Fault?.Error.ToString());
        }

        JsonObject tree = [];
        string? problem = new ExtrinsicDecoder(Metadata).TryDecode(input, tree);
        _ = tree.ToJsonString();
        return new FuzzOutcome(tree.Count > 0, problem is null ? null : nameof(ValueError.BadEncoding));
    }

    private static List<byte[]> Samples()
    {
        TestChain chain = TestChain.Create();
        OpaqueExtrinsic transfer = chain.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, 5));
        List<byte[]> samples = [transfer.Body.ToArray(), [4, 1, 0, 4]];
        for (byte type = 0; type <= Senseless.Types.Count; type++) samples.Add([type, 8, 1, 2]);
        return samples;
    }
}
