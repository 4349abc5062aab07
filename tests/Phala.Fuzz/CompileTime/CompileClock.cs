using Phala.Wasm;

namespace Phala.Fuzz.CompileTime;

/// <summary>Measures how long functions take to compile, in processor time, so that other processes do not count.</summary>
internal static class CompileClock
{
    /// <summary>Compiles the first function of a module as its first call does.</summary>
    /// <returns>The least processor time of some attempts, in milliseconds.</returns>
    public static double Measure(byte[] bytes, bool optimize, int attempts)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < attempts; i++) least = Math.Min(least, Once(bytes, optimize));
        return least;
    }

    /// <summary>Loads a module that is known to load.</summary>
    public static Module Load(byte[] bytes, bool optimize) =>
        Module.TryLoad(bytes, new ModuleSettings { Optimize = optimize }, out Module? module, out ModuleError error) ? module! : throw new InvalidOperationException($"The module is refused: {error}.");

    private static double Once(byte[] bytes, bool optimize)
    {
        Module module = Load(bytes, optimize);
        using Store store = new();
        store.AddFuel(module.InstantiationFuel);
        Instance instance = module.Instantiate(store, new Imports()).Instance!;
        // The code that enters functions of this type is compiled by another function's call. The call that is measured compiles the function
        // and does next to nothing then, for want of fuel.
        Call(instance, "warm");
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Call(instance, "f");
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static void Call(Instance instance, string name)
    {
        if (instance.TryGetFunction(name, out Function? function)) function!.Call([Value.OfI32(0)], []);
    }
}
