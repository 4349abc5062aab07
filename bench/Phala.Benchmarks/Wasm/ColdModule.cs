using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Benchmarks.Wasm;

/// <summary>A module of the size of a large contract: the poll that the tests run, its functions repeated.</summary>
public static class ColdModule
{
    /// <summary>The export to call.</summary>
    public const string Entry = "deploy";

    /// <summary>What the module imports: an input of two options, and nothing that keeps anything.</summary>
    public static Imports Imports { get; } = new Imports()
        .Add("host", "input", new HostFunction((Func<HostContext, int, int, int>)((context, target, _) => context.Memory!.TryWrite((uint)target, "yes,no"u8) ? 6 : 0)))
        .Add("host", "output", new HostFunction((Action<HostContext, int, int>)((_, _, _) => { })))
        .Add("host", "caller", new HostFunction((Action<HostContext, int>)((_, _) => { })))
        .Add("host", "get", new HostFunction((Func<HostContext, int, int, int, int, int>)((_, _, _, _, _) => 0)))
        .Add("host", "set", new HostFunction((Action<HostContext, int, int, int, int>)((_, _, _, _, _) => { })))
        .Add("host", "fail", new HostFunction((Action<HostContext, int>)((context, code) => context.Fail(code))))
        .Add("env", "abort", new HostFunction((Action<HostContext, int, int, int, int>)((context, _, _, _, _) => context.Fail(-1))));

    /// <summary>A module of at least so many bytes.</summary>
    public static byte[] Make(int bytes)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Wasm", "poll.wasm");
        ModuleDecoder.TryDecode(File.ReadAllBytes(path), ResourceLimits.Default, out ModuleDefinition? poll, out _);
        List<uint> functions = [.. poll!.Functions];
        List<FunctionBody> bodies = [.. poll.Bodies];
        byte[] module = ModuleWriter.Write(poll);
        for (int at = 0; module.Length < bytes; at++)
        {
            functions.Add(poll.Functions[at % poll.Functions.Count]);
            bodies.Add(poll.Bodies[at % poll.Bodies.Count]);
            module = ModuleWriter.Write(poll with { Functions = functions, Bodies = bodies });
        }

        return module;
    }
}
