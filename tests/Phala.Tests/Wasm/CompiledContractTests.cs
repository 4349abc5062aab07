using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Contracts compiled by clang and AssemblyScript, with the imports and exports that contract tool chains emit.</summary>
public sealed class CompiledContractTests
{
    private const int Returned = 100;

    private readonly Dictionary<string, byte[]> _storage = [];
    private readonly MemoryPool _pool = new(1 << 20);
    private byte[] _input = [];
    private byte[] _output = [];
    private long _spent;

    public static TheoryData<bool> Modes => [true, false];

    [Theory]
    [MemberData(nameof(Modes))]
    public void TheFlipperFlips(bool optimize)
    {
        Module module = Load("flipper", optimize);
        Assert.Equal(Returned, Execute(module, "deploy", 0x9B, 0xAE, 0x9D, 0x5E, 1));
        Assert.Equal(Returned, Execute(module, "call", 0x2F, 0x86, 0x5B, 0xD9));
        Assert.Equal([1], _output);
        Assert.Equal(Returned, Execute(module, "call", 0x63, 0x3A, 0xA5, 0x51));
        Assert.Equal(Returned, Execute(module, "call", 0x2F, 0x86, 0x5B, 0xD9));
        Assert.Equal([0], _output);
        Assert.Equal(Returned + 1, Execute(module, "call", 0, 0, 0, 0));
        Assert.Equal(Returned + 1, Execute(module, "call", 1));
        Assert.Equal(65_536, _pool.HeldBytes);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void TheIncrementerCounts(bool optimize)
    {
        Module module = Load("incrementer", optimize);
        Assert.Equal(Returned, Execute(module, "deploy", 0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0));
        for (int i = 0; i < 3; i++) Assert.Equal(Returned, Execute(module, "call", 1));
        Assert.Equal(Returned, Execute(module, "call", 2));
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0], _output);
        Assert.Equal(Returned + 1, Execute(module, "call", 3));
        Assert.Equal(Returned + 1, Execute(module, "deploy", 1));
    }

    [Fact]
    public void EveryModeSpendsTheSameFuel()
    {
        long[] spent = [.. new[] { true, false }.Select(optimize =>
        {
            Execute(Load("flipper", optimize), "deploy", 0, 0, 0, 0, 1);
            return _spent;
        })];
        Assert.Equal(spent[0], spent[1]);
        Assert.InRange(spent[0], 50, 500);
    }

    private static Module Load(string name, bool optimize)
    {
        byte[] code = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"Wasm/Guests/{name}.wasm"));
        Assert.True(Module.TryLoad(code, new ModuleSettings { Optimize = optimize, AllowFloats = false }, out Module? module, out ModuleError error), error.ToString());
        return module!;
    }

    /// <summary>Runs an entry point in a fresh instance, as for each message, and returns the host's code.</summary>
    private int Execute(Module module, string entry, params byte[] input)
    {
        _input = input;
        _output = [];
        using Store store = new(pool: _pool);
        LinearMemory memory = new(store, new Limits(1));
        Imports imports = new Imports()
            .Add("env", "memory", memory)
            .Add("seal0", "input", new HostFunction((HostContext context, int to, int length) => Write(context, _input, to, length)))
            .Add("seal0", "set_storage", new HostFunction((HostContext context, int key, int value, int length) =>
            {
                _storage[Key(context, key)] = Read(context, value, length);
            }))
            .Add("seal0", "get_storage", new HostFunction((HostContext context, int key, int to, int length) => Get(context, key, to, length)))
            .Add("seal0", "seal_return", new HostFunction((HostContext context, int flags, int data, int length) =>
            {
                _output = Read(context, data, length);
                context.Fail(Returned + flags);
            }));
        Instance instance = Guest.Instantiate(module, store, imports);
        CallResult result = Guest.Call(instance, entry, out _, 10_000);
        _spent = 10_000 - store.Fuel;
        Assert.Equal(CallOutcome.HostFailed, result.Outcome);
        return result.HostError;
    }

    private int Get(HostContext context, int key, int to, int length)
    {
        if (!_storage.TryGetValue(Key(context, key), out byte[]? value)) return 3;
        Write(context, value, to, length);
        return 0;
    }

    private static string Key(HostContext context, int at) => Convert.ToHexString(Read(context, at, 32));

    private static byte[] Read(HostContext context, int at, int length)
    {
        byte[] bytes = new byte[length];
        Assert.True(context.Memory!.TryRead((uint)at, bytes));
        return bytes;
    }

    private static void Write(HostContext context, byte[] bytes, int to, int length)
    {
        Assert.True(context.Memory!.TryWrite((uint)to, bytes.AsSpan(0, Math.Min(bytes.Length, BitConverter.ToInt32(Read(context, length, 4))))));
        Assert.True(context.Memory.TryWrite((uint)length, BitConverter.GetBytes(bytes.Length)));
    }
}
