using Phala.Testing.Wasm.Generator;

namespace Phala.Testing.Wasm.Differential;

/// <summary>The first difference between two traces of a module.</summary>
/// <param name="Seed">The module's seed.</param>
/// <param name="Variant">The way in which the engine ran.</param>
/// <param name="Expected">What the interpreter traced.</param>
/// <param name="Actual">What the engine traced.</param>
public sealed record Divergence(int Seed, string Variant, string Expected, string Actual)
{
    /// <summary>Compares two traces; null where they are equal.</summary>
    public static Divergence? Between(GeneratedModule module, string variant, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        for (int i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            string left = i < expected.Count ? expected[i] : "nothing", right = i < actual.Count ? actual[i] : "nothing";
            if (left != right) return new Divergence(module.Seed, variant, left, right);
        }

        return null;
    }

    public override string ToString() => $"seed {Seed}, {Variant}: expected {Expected}; was {Actual}";
}
