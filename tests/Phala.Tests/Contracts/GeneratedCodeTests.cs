using System.Buffers.Binary;
using System.Text;
using Microsoft.CodeAnalysis;
using Phala.Crypto.Hashing;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>What the generator writes for a contract, as far as others go by it: selectors by which calls are told apart, keys under which state is found again.</summary>
public sealed class GeneratedCodeTests
{
    private const string Flipper = """
        using Phala.Contracts;
        using Phala.Contracts.Storage;

        namespace Sample;

        [Contract]
        public sealed partial class Flipper : Contract
        {
            private partial Value<bool> IsOn { get; }

            [Constructor]
            public Flipper(bool initial) => IsOn.Set(initial);

            [Command]
            public void Flip() => IsOn.Set(!IsOn.Get());
        }
        """;

    [Fact]
    public void Calls_are_told_apart_by_the_first_bytes_of_their_names_hashes()
    {
        // As ink! has them: "new" is 0x9bae9d5e, "flip" is 0x633aa551. The input is read with the least significant byte first.
        string code = Generated();
        Assert.Contains("0x5e9dae9b", code, StringComparison.Ordinal);
        Assert.Contains("0x51a53a63", code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_is_stored_under_the_first_bytes_of_its_names_hash()
    {
        Span<byte> hash = stackalloc byte[32];
        Blake2b.Hash256("is_on"u8, hash);
        Assert.Contains($"0x{BinaryPrimitives.ReadUInt32LittleEndian(hash):x8}", Generated(), StringComparison.Ordinal);
    }

    private static string Generated()
    {
        GeneratorDriver driver = RuleRun.Driver().RunGenerators(RuleRun.Compile(Flipper), TestContext.Current.CancellationToken);
        StringBuilder code = new();
        foreach (SyntaxTree tree in driver.GetRunResult().GeneratedTrees) code.Append(tree);
        return code.ToString();
    }
}
