using Phala.Clusters;
using Phala.Clusters.Logs;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>
/// Work has a price: whatever number of bytes a function of the host copies, hashes, stores or reads, each of them is charged for at what the table of <c>docs/guides/contract-abi.md</c> says. Nothing is timed: gas is
/// counted, for a length and for a longer one.
/// </summary>
public sealed class PriceOfBytesTests(ITestOutputHelper output)
{
    private const int Shorter = 1_000, Longer = 60_000, Key = 0x100, Account = 0x300, Zeros = 0x200, Code = 0x340, Salt = 0x380, Data = 0x50000, Room = 0x70000, Length = 0x500;

    /// <summary>Of the table: a byte between contract and host; of input; of output; read; written; of an event; of text; of SHA-256, Keccak-256, BLAKE2b; of a signed message; of arguments of the extension.</summary>
    private const int Copy = 100, Input = 1_000, Output = 1_000, Read = 1_000, Write = 5_000, Emit = 1_000, Text = 1_000, Sha = 2_000, Keccak = 4_000, Blake = 1_500, Signed = 3_000, Argument = 1_000;

    /// <summary>Functions that move no more bytes than a few hundred, whatever their arguments are.</summary>
    private static readonly string[] Bounded =
    [
        "account_reentrance_count", "address", "balance", "block_number", "call_runtime", "caller", "caller_is_origin", "caller_is_root", "clear_storage", "code_hash", "contains_storage", "ecdsa_recover", "ecdsa_to_eth_address",
        "gas_left", "instantiation_nonce", "is_contract", "lock_delegate_dependency", "minimum_balance", "now", "own_code_hash", "reentrance_count", "rent_allowance", "set_code_hash", "terminate", "tombstone_deposit", "transfer",
        "unlock_delegate_dependency", "value_transferred", "weight_to_fee", "xcm_execute", "xcm_send",
    ];

    private readonly ProbeWorld _world = new();

    [Fact]
    public void Each_byte_that_a_function_moves_is_paid_for()
    {
        SortedSet<string> measured = [];
        foreach ((string module, string name, int price, Func<int, byte[]> script) in Cases())
        {
            ulong shorter = Gas(script(Shorter)), longer = Gas(script(Longer));
            double each = (longer - (double)shorter) / (Longer - Shorter);
            output.WriteLine($"{module}.{name}: {each} a byte, at least {price}");
            Assert.True(longer > shorter && longer - shorter >= (ulong)price * (Longer - Shorter), $"{module}.{name}: {each} a byte, not {price}");
            measured.Add($"{module}.{name}");
        }

        Assert.Equal(
            ProbeContract.Functions.Where(function => !Bounded.Contains(function.Name) && (function.Name == "seal_return" || !function.Name.StartsWith("seal_", StringComparison.Ordinal))).Select(function => $"{function.Module}.{function.Name}").Order(StringComparer.Ordinal),
            measured.Order(StringComparer.Ordinal));
    }

    /// <summary>The functions of the extension that take bytes, each with one argument of some length.</summary>
    [Theory]
    [InlineData((int)ExtensionFunction.Verify, 1 + 34, Signed)]
    [InlineData((int)ExtensionFunction.Sign, 1 + 33, Signed)]
    [InlineData((int)ExtensionFunction.DeriveSr25519Key, 0, Blake)]
    [InlineData((int)ExtensionFunction.Log, 1, Text)]
    [InlineData((int)ExtensionFunction.CacheSet, 1, Emit)]
    [InlineData((int)ExtensionFunction.CacheGet, 0, 0)]
    public void Each_byte_that_the_extension_is_given_is_paid_for(int function, int before, int price)
    {
        // What stands before the argument is zeros but for the kind of signature and the length of the key; what stands after it is an empty signature.
        byte[] head = new byte[before];
        if (function == (int)ExtensionFunction.Verify) (head[0], head[1]) = ((byte)SignatureType.Ecdsa, 33 << 2);
        if (function == (int)ExtensionFunction.Sign) (head[0], head[1]) = ((byte)SignatureType.Ed25519, 32 << 2);
        int after = function == (int)ExtensionFunction.Verify ? 1 : 0;
        const int shorter = 20_000, longer = 60_000;
        ulong each = (Gas(Script(longer)) - Gas(Script(shorter))) / (longer - shorter);
        output.WriteLine($"{(ExtensionFunction)function}: {each} a byte");
        Assert.True(each >= (ulong)(price + Argument + Copy) && each < 100_000, $"{each}");

        byte[] Script(int length) => new ProbeScript().Write(Data, [.. head, .. BitConverter.GetBytes((length << 2) | 2)]).Write(Length, BitConverter.GetBytes(100))
            .Call("seal0", "call_chain_extension", function, Data, head.Length + 4 + length + after, Room, Length).End();
    }

    /// <summary>And those that are bounded cost the same wherever their arguments point to.</summary>
    [Fact]
    public void A_value_that_is_looked_at_and_not_read_costs_no_more_for_its_length()
    {
        ulong[] gas = [.. new[] { Shorter, Longer }.Select(length => Gas(Stored(length).Call("seal1", "contains_storage", Key, 1).Call("seal1", "clear_storage", Key, 1).End()) - Gas(Stored(length).End()))];
        Assert.Equal(gas[0], gas[1]);
    }

    private static IEnumerable<(string Module, string Name, int Price, Func<int, byte[]> Script)> Cases()
    {
        foreach ((string name, int price) in ((string, int)[])[("hash_sha2_256", Sha), ("hash_keccak_256", Keccak), ("hash_blake2_256", Blake), ("hash_blake2_128", Blake)])
        {
            yield return ("seal0", name, price + Copy, length => new ProbeScript().Call("seal0", name, Data, length, Key).End());
        }

        yield return ("seal0", "sr25519_verify", Signed + Copy, length => new ProbeScript().Call("seal0", "sr25519_verify", Key, Key, length, Data).End());
        yield return ("seal0", "set_storage", Write + Copy, length => new ProbeScript().Call("seal0", "set_storage", Key, Data, length).End());
        yield return ("seal1", "set_storage", Write + Copy, length => new ProbeScript().Call("seal1", "set_storage", Key, Data, length).End());
        yield return ("seal2", "set_storage", Write + Copy, length => Stored(length).End());
        yield return ("seal0", "get_storage", Read + Copy + Write + Copy, length => Asked(new ProbeScript().Call("seal0", "set_storage", Key, Data, length), "seal0", "get_storage", Key));
        yield return ("seal1", "get_storage", Read + Copy + Write + Copy, length => Asked(Stored(length), "seal1", "get_storage", Key, 1));
        yield return ("seal0", "take_storage", Read + Copy + Write + Copy, length => Asked(Stored(length), "seal0", "take_storage", Key, 1));
        yield return ("seal0", "deposit_event", Emit + Copy, length => new ProbeScript().Call("seal0", "deposit_event", 0, 0, Data, length).End());
        yield return ("seal0", "debug_message", Text + Copy, length => new ProbeScript().Call("seal0", "debug_message", Data, length).End());
        yield return ("seal0", "seal_return", Output + Copy, length => new ProbeScript().Call("seal0", "seal_return", 0, Data, length).End());
        yield return ("seal0", "input", Input + Copy, length => [.. new ProbeScript().End(), .. new byte[length]]);
        yield return ("seal0", "call_chain_extension", Argument + Copy, length => new ProbeScript().Write(Length, BitConverter.GetBytes(4)).Call("seal0", "call_chain_extension", (long)ExtensionFunction.IsInTransaction, Data, length, Room, Length).End());
        foreach (bool isOutput in (bool[])[false, true])
        {
            foreach ((string module, string name) in ((string, string)[])[("seal0", "call"), ("seal1", "call"), ("seal2", "call"), ("seal0", "delegate_call"), ("seal0", "instantiate"), ("seal1", "instantiate"), ("seal2", "instantiate")])
            {
                yield return (module, name, isOutput ? Output + (2 * Copy) : Input + (2 * Copy), length => Called(module, name, isOutput ? new ProbeScript().Call("seal0", "seal_return", 0, Data, length).End() : new byte[100], isOutput ? 100 : length));
            }
        }
    }

    private static ProbeScript Stored(int length) => new ProbeScript().Call("seal2", "set_storage", Key, 1, Data, length);

    private static byte[] Asked(ProbeScript script, string module, string name, params ReadOnlySpan<long> arguments) =>
        script.Write(Length, BitConverter.GetBytes(Longer)).Call(module, name, [.. arguments, Room, Length]).End();

    /// <summary>A call with an input of so many bytes, of which the first say what the callee does.</summary>
    private static byte[] Called(string module, string name, byte[] inner, int length)
    {
        ProbeScript script = new ProbeScript().Write(Data, inner).Write(Account, ProbeWorld.Second.AsSpan()).Write(Zeros, new byte[16]).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Salt, 0x77).Write(Length, BitConverter.GetBytes(Longer));
        long[] arguments = (module, name) switch
        {
            ("seal0", "call") => [Account, 32, 0, Zeros, 16, Data, length, Room, Length],
            ("seal1", "call") => [0, Account, 0, Zeros, Data, length, Room, Length],
            ("seal2", "call") => [0, Account, 0, 0, -1, Zeros, Data, length, Room, Length],
            ("seal0", "delegate_call") => [0, Code, Data, length, Room, Length],
            ("seal0", "instantiate") => [Code, 32, 0, Zeros, 16, Data, length, -1, 0, Room, Length, Salt, 1],
            ("seal1", "instantiate") => [Code, 0, Zeros, Data, length, -1, 0, Room, Length, Salt, 1],
            _ => [Code, 0, 0, -1, Zeros, Data, length, -1, 0, Room, Length, Salt, 1],
        };
        return script.Call(module, name, arguments).End();
    }

    /// <summary>What a script takes, each time in the same state.</summary>
    private ulong Gas(byte[] script)
    {
        ClusterState before = _world.World.State;
        EntryResult result = _world.World.Apply(_world.World.Sealed(ProbeWorld.Alice, ProbeWorld.First, script, gas: ProbeWorld.Gas));
        _world.World.State = before;
        ReadOnlySpan<byte> told = Assert.Single(result.Journal.OfType<LogItem.MessageOutput>()).Output.AsSpan();
        ContractExecResult given = Scale.Decode<ContractExecResult>(told[..^InkMessage.SelectorLength]).Value!;
        Assert.True(given.Result.TryGet(out _, out DispatchError error), error.ToString());
        return given.GasConsumed.RefTime;
    }
}
