using Phala.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Scripts of probes that store, pay, call each other, within deposits too, make and end contracts, and keep code; most of them succeed.</summary>
internal sealed class RandomScripts(int seed)
{
    private const int Key = 0x100, Value = 0x140, Account = 0x300, Code = 0x340, Zeros = 0x380, Limit = 0x3a0, Data = 0x1000, Out = ProbeScript.OutputAt;

    private readonly Random _random = new(seed);

    public static AccountId[] People { get; } = [.. Enumerable.Range(0, 4).Select(number => ClusterWorld.Account($"person {number}"))];

    /// <summary>A script.</summary>
    /// <param name="depth">How many calls inside of each other it may make.</param>
    public byte[] Next(int depth = 3)
    {
        ProbeScript script = new();
        for (int step = _random.Next(1, 6); step > 0; step--) Step(script, depth);
        return _random.Next(20) switch
        {
            0 => script.Trap(),
            1 => script.Revert(),
            2 when _random.Next(2) == 0 => script.Write(Account, People[_random.Next(People.Length)].AsSpan()).Call("seal1", "terminate", Account).End(),
            _ => script.End(),
        };
    }

    private void Step(ProbeScript script, int depth)
    {
        byte[] key = [(byte)_random.Next(6)], value = new byte[_random.Next(60)];
        _random.NextBytes(value);
        script.Write(Key, key).Write(Value, value).Write(Zeros, [(byte)_random.Next(4), .. new byte[15]]);
        switch (_random.Next(14))
        {
            case 0 or 1 or 2 or 3:
                script.Call("seal2", "set_storage", Key, 1, Value, value.Length);
                return;
            case 4:
                script.Call("seal1", "clear_storage", Key, 1);
                return;
            case 5:
                script.Ask("seal1", "get_storage", 64, Key, 1);
                return;
            case 6:
                script.Ask("seal0", "gas_left", 8).Ask("seal0", "balance", 16);
                return;
            case 7:
                script.Write(Account, People[_random.Next(People.Length)].AsSpan()).Call("seal0", "transfer", Account, 32, Zeros, 16);
                return;
            case 8:
                script.Call("seal0", "deposit_event", 0, 0, Value, value.Length);
                return;
            case 9 or 10 when depth > 0:
                Call(script, depth);
                return;
            case 11 when depth > 0 && _random.Next(3) == 0:
                Make(script);
                return;
            case 11 when _random.Next(4) == 0:
                script.Write(Code, ProbeContract.VariantHash((byte)_random.Next(6)).AsSpan()).Call("seal0", "set_code_hash", Code);
                return;
            case 12 when depth > 0:
                Within(script, depth, Next(depth - 1), limit: 10 * _random.Next(6));
                return;
            case 13 when depth > 0 && _random.Next(2) == 0:
                Within(script, depth, Keep(), limit: 200);
                return;
            default:
                script.Write(Data, value).Call("seal0", "hash_blake2_256", Data, value.Length, Out).Show(Out, 32);
                return;
        }
    }

    private void Call(ProbeScript script, int depth)
    {
        byte[] inner = Next(depth - 1);
        if (inner.Length > 2000) inner = [0];
        Hash256 callee = ProbeWorld.Probe((byte)_random.Next(4));
        script.Write(Data, inner).Write(Account, callee.AsSpan()).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Out - 4, BitConverter.GetBytes(0x1000));
        if (_random.Next(5) == 0) script.Call("seal0", "delegate_call", 0, Code, Data, inner.Length, Out, Out - 4);
        else script.Call("seal1", "call", _random.Next(2) * 8, Account, _random.Next(3) == 0 ? 20_000_000_000 : 0, Zeros, Data, inner.Length, Out, Out - 4);
        script.Show(Out, 16);
    }

    /// <summary>A call that may lock so much. If it wanted more, who made it ends with it: as a rule that is a call of its own.</summary>
    private void Within(ProbeScript script, int depth, byte[] inner, int limit)
    {
        if (inner.Length > 2000) inner = [0];
        if (depth == 1 || _random.Next(3) == 0)
        {
            Limited(script, inner, limit);
            return;
        }

        ProbeScript limited = new();
        Limited(limited, inner, limit);
        byte[] data = limited.End();
        script.Write(Data, data).Write(Account, ProbeWorld.Probe((byte)_random.Next(4)).AsSpan()).Call("seal1", "call", 8, Account, 0, Zeros, Data, data.Length, -1, 0);
    }

    private void Limited(ProbeScript script, byte[] inner, int limit) => script
        .Write(Data, inner).Write(Account, ProbeWorld.Probe((byte)_random.Next(4)).AsSpan()).Write(Zeros, new byte[16]).Write(Limit, [.. BitConverter.GetBytes((long)limit), .. new byte[8]])
        .Call("seal2", "call", 8, Account, 0, 0, Limit, Zeros, Data, inner.Length, -1, 0);

    /// <summary>Wants code kept, or lets it go: a mistake, as often as not, which ends the call.</summary>
    private byte[] Keep()
    {
        Hash256 code = _random.Next(2) == 0 ? ProbeContract.CodeHash : ProbeContract.VariantHash((byte)_random.Next(6));
        return new ProbeScript().Write(Code, code.AsSpan()).Call("seal0", _random.Next(3) == 0 ? "unlock_delegate_dependency" : "lock_delegate_dependency", Code).End();
    }

    private void Make(ProbeScript script)
    {
        script.Write(Data, 0).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Value, (byte)_random.Next(3));
        script.Call("seal1", "instantiate", Code, 0, Zeros, Data, 1, -1, 0, -1, 0, Value, 1);
    }
}
