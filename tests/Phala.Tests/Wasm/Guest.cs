using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Builds small modules by hand and runs them.</summary>
internal static class Guest
{
    /// <summary>Fuel that no test uses up.</summary>
    public const long Plenty = 1L << 50;

    public static ModuleSettings Unoptimized { get; } = new() { Optimize = false };

    /// <summary>A module of functions with signatures such as <c>ii:i</c>, exported as <c>f0</c>, <c>f1</c>, …, with one page of memory and a table of ten.</summary>
    public static ModuleDefinition Define(params (string Signature, CodeWriter Code)[] functions) => new()
    {
        Types = [.. functions.Select(function => FunctionType.Parse(function.Signature))],
        Functions = [.. functions.Select((_, i) => (uint)i)],
        Tables = [new TableType(ValueKind.FuncRef, new Limits(10))],
        Memories = [new Limits(1)],
        Exports = [.. functions.Select((_, i) => new Export($"f{i}", ExternalKind.Function, (uint)i)), new Export("memory", ExternalKind.Memory, 0)],
        Bodies = [.. functions.Select(function => new FunctionBody([], function.Code.Op(Opcode.End).ToArray()))],
    };

    public static ModuleError ErrorOf(byte[] bytes, ModuleSettings? settings = null)
    {
        bool loaded = Module.TryLoad(bytes, settings ?? ModuleSettings.Default, out Module? module, out ModuleError error);
        Assert.Equal(loaded, error == ModuleError.None);
        Assert.Equal(loaded, module is not null);
        return error;
    }

    public static ModuleError ErrorOf(ModuleDefinition definition, ModuleSettings? settings = null) => ErrorOf(ModuleWriter.Write(definition), settings);

    public static Module Load(ModuleDefinition definition, ModuleSettings? settings = null)
    {
        Assert.True(Module.TryLoad(ModuleWriter.Write(definition), settings ?? ModuleSettings.Default, out Module? module, out ModuleError error), error.ToString());
        return module!;
    }

    public static Instance Instantiate(Module module, Store store, Imports? imports = null)
    {
        store.AddFuel(module.InstantiationFuel);
        InstantiationResult result = module.Instantiate(store, imports ?? new Imports());
        Assert.True(result.Instance is not null, result.ToString());
        return result.Instance!;
    }

    /// <summary>Calls an export with as much fuel as given; the store keeps what is left.</summary>
    public static CallResult Call(Instance instance, string name, out Value[] results, long fuel = Plenty, params Value[] arguments)
    {
        Assert.True(instance.TryGetFunction(name, out Function? function));
        instance.Store.TryCharge(instance.Store.Fuel);
        instance.Store.AddFuel(fuel);
        results = new Value[function!.Type.Results.Length];
        return function.Call(arguments, results);
    }

    /// <summary>Loads, instantiates and calls <c>f0</c>.</summary>
    public static CallResult Run(ModuleDefinition definition, out Value[] results, ModuleSettings? settings = null, long fuel = Plenty, params Value[] arguments)
    {
        using Store store = new((settings ?? ModuleSettings.Default).Limits);
        return Call(Instantiate(Load(definition, settings), store), "f0", out results, fuel, arguments);
    }

    /// <summary>Runs something on a thread of its own with a stack of this size.</summary>
    public static void OnThread(int stackBytes, Action action)
    {
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            stackBytes);
        thread.Start();
        thread.Join();
        if (failure is not null) Assert.Fail(failure.ToString());
    }
}
