using System.Text;
using Phala.Wasm;

namespace Phala.Tests.Wasm.Contracts;

/// <summary>A small host for contracts: storage that outlives calls, one input, one output and a caller per call.</summary>
internal sealed class ContractHost(Module module)
{
    private const uint Missing = uint.MaxValue;
    private const long FuelPerCall = 50_000_000;

    private readonly Dictionary<string, byte[]> _storage = new(StringComparer.Ordinal);
    private byte[] _input = [];
    private byte[] _caller = new byte[32];

    /// <summary>The output of the last call.</summary>
    public byte[] Output { get; private set; } = [];

    public string OutputText => Encoding.UTF8.GetString(Output);

    /// <summary>The fuel that all calls took together.</summary>
    public long FuelUsed { get; private set; }

    /// <summary>Calls an export of a fresh instance, as a worker does for each message.</summary>
    public CallResult Call(string export, byte caller, byte[] input)
    {
        using Store store = new();
        store.AddFuel(FuelPerCall);
        (_input, Output, _caller) = (input, [], [.. Enumerable.Repeat(caller, 32)]);
        InstantiationResult made = module.Instantiate(store, MakeImports());
        if (made.Instance is null || !made.Instance.TryGetFunction(export, out Function? function)) throw new InvalidOperationException($"{made.Link} {made.Run}");
        CallResult result = function!.Call([], []);
        FuelUsed += FuelPerCall - store.Fuel;
        return result;
    }

    public CallResult Call(string export, byte caller, string input) => Call(export, caller, Encoding.UTF8.GetBytes(input));

    private Imports MakeImports() => new Imports()
        .Add("host", "input", new HostFunction((Func<HostContext, int, int, int>)((context, target, capacity) => Give(context, _input, target, capacity))))
        .Add("host", "output", new HostFunction((Action<HostContext, int, int>)((context, at, length) => Output = Take(context, at, length))))
        .Add("host", "caller", new HostFunction((Action<HostContext, int>)((context, target) => Give(context, _caller, target, _caller.Length))))
        .Add("host", "get", new HostFunction((Func<HostContext, int, int, int, int, int>)Get))
        .Add("host", "set", new HostFunction((Action<HostContext, int, int, int, int>)((context, key, keyLength, value, length) =>
            _storage[Convert.ToHexString(Take(context, key, keyLength))] = Take(context, value, length))))
        .Add("host", "fail", new HostFunction((Action<HostContext, int>)((context, code) => context.Fail(code))))
        .Add("env", "abort", new HostFunction((Action<HostContext, int, int, int, int>)((context, _, _, _, _) => context.Fail(-1))));

    private int Get(HostContext context, int key, int keyLength, int target, int capacity) =>
        _storage.TryGetValue(Convert.ToHexString(Take(context, key, keyLength)), out byte[]? value) ? Give(context, value, target, capacity) : unchecked((int)Missing);

    private static int Give(HostContext context, byte[] bytes, int target, int capacity)
    {
        if (bytes.Length > capacity || !context.Memory!.TryWrite((uint)target, bytes)) context.Fail(-2);
        return bytes.Length;
    }

    private static byte[] Take(HostContext context, int at, int length)
    {
        if (context.Memory!.TryGetSpan((uint)at, (uint)length, out Span<byte> span)) return span.ToArray();
        context.Fail(-2);
        return [];
    }
}
