namespace Phala.Benchmarks.Wasm;

/// <summary>A kernel of <c>Kernels/kernels.wasm</c>.</summary>
/// <param name="Name">Its export, without <c>run_</c>.</param>
/// <param name="Work">The argument at which it is measured.</param>
/// <param name="LittleWork">An argument that an interpreter gets through.</param>
/// <param name="Digest">What it returns for <paramref name="Work"/>.</param>
public sealed record Kernel(string Name, int Work, int LittleWork, ulong Digest)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Kernel> All { get; } =
    [
        new("fib", 32, 22, 2178309),
        new("sieve", 10, 1, 820250),
        new("keccak", 4, 1, 1803124541942286803),
        new("sha256", 4, 1, 598864491732735588),
        new("matmul", 20, 1, 1616259549207964475),
        new("nbody", 200_000, 10_000, 4627785766295517032),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
