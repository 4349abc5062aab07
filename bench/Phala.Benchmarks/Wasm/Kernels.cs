namespace Phala.Benchmarks.Wasm;

/// <summary>The kernels of <c>Kernels/kernels.c</c> with the arguments that the recorded figures of other engines used.</summary>
internal static class Kernels
{
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Wasm/Kernels/kernels.wasm");

    public static IReadOnlyDictionary<string, int> Arguments { get; } = new Dictionary<string, int>
    {
        ["fib"] = 32, ["sieve"] = 10, ["keccak"] = 4, ["sha256"] = 4, ["matmul"] = 20, ["nbody"] = 200_000,
    };
}
