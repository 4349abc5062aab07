using System.Globalization;
using Phala.Benchmarks.Kernels;
using Phala.Contracts.Compiler;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Benchmarks.CSharp;

/// <summary>What kernels take in C#, compiled as contracts are, and in C: fuel of one call, the same in every run.</summary>
internal static class FuelTable
{
    private const long Plenty = 1L << 40;

    private static readonly (string Title, string Export, int Argument)[] Kernels =
    [
        ("recursive Fibonacci of 18", "fibonacci", 18), ("sums of structs by value, 1,000", "structs", 1_000), ("prime sieve to 1,000", "sieve", 1_000),
        ("greatest common divisors, 64 bits, 300", "divisors", 300), ("quicksort of 500 numbers", "quicksort", 500), ("128-bit sums and shifts, 500", "wide", 500),
        ("FNV of 1,000 bytes that are written first", "fnv", 1_000),
    ];

    public static void Print()
    {
        byte[] compiled = Compile(), native = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "CSharp", "kernels.wasm"));
        Console.WriteLine("| kernel | C# | C | C# / C |\n|---|--:|--:|--:|");
        foreach ((string title, string export, int argument) in Kernels)
        {
            (int result, long fuel) = Run(compiled, export, argument);
            (int expected, long least) = Run(native, export, argument);
            if (result != expected) throw new InvalidOperationException($"{export} is {result} in C# and {expected} in C.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {title} | {fuel:N0} | {least:N0} | {(double)fuel / least:F2} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bytes of the modules: C# {compiled.Length:N0}, C {native.Length:N0}"));
    }

    private static byte[] Compile()
    {
        CompilationResult result = ContractCompiler.Compile(new AssemblyInput([.. File.ReadAllBytes(typeof(KernelEntries).Assembly.Location)], []), []);
        return result.Succeeded ? [.. result.Module] : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static (int Result, long Fuel) Run(byte[] code, string export, int argument)
    {
        if (!Module.TryLoad(code, ModuleSettings.Default, out Module? module, out ModuleError error)) throw new InvalidOperationException($"The engine refuses a module: {error}.");
        using Store store = new(ModuleSettings.Default.Limits);
        store.AddFuel(Plenty);
        Imports imports = new();
        foreach (Import memory in module!.Definition.Imports.Where(static import => import.Kind == ExternalKind.Memory)) imports.Add("env", "memory", new LinearMemory(store, memory.Memory));
        InstantiationResult made = module.Instantiate(store, imports);
        if (made.Instance is null || !made.Instance.TryGetFunction(export, out Function? function)) throw new InvalidOperationException($"{export} cannot be run: {made}.");
        Value[] results = new Value[1];
        long before = store.Fuel;
        CallResult ended = function!.Call([Value.OfI32(argument)], results);
        return ended.IsCompleted ? (results[0].AsI32(), before - store.Fuel) : throw new InvalidOperationException($"{export} ended as {ended}.");
    }
}
