using System.Buffers.Binary;
using Phala.Clusters.Execution;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;
using Phala.Wasm;

namespace Phala.Clusters.Wasm.Functions;

/// <summary>What a contract can look at: who calls, with what, where and when, and what is left.</summary>
internal static class ContextFunctions
{
    internal static void Register(HostAbi abi)
    {
        abi.Add("seal0", "input", Input);
        abi.Add("seal0", "caller", static (HostContext host, int output, int length) => Tell(host, output, length, frame => frame.Call.Caller.AsSpan().ToArray()));
        abi.Add("seal0", "address", static (HostContext host, int output, int length) => Tell(host, output, length, frame => frame.Call.Self.AsSpan().ToArray()));
        abi.Add("seal0", "balance", static (HostContext host, int output, int length) => Tell(host, output, length, frame => Amount(frame.Call.BalanceOf(frame.Call.SelfAccount))));
        abi.Add("seal0", "value_transferred", static (HostContext host, int output, int length) => Tell(host, output, length, frame => Amount(frame.Call.Value)));
        abi.Add("seal0", "minimum_balance", static (HostContext host, int output, int length) => Tell(host, output, length, frame => Amount(frame.Engine.LeastBalance)));
        abi.Add("seal0", "tombstone_deposit", static (HostContext host, int output, int length) => Tell(host, output, length, _ => Amount(UInt128.Zero)));
        abi.Add("seal0", "rent_allowance", static (HostContext host, int output, int length) => Tell(host, output, length, _ => Amount(UInt128.MaxValue)));
        abi.Add("seal0", "block_number", static (HostContext host, int output, int length) => Tell(host, output, length, frame => Scale.Encode<U32Codec, uint>(frame.Call.BlockNumber)));
        abi.Add("seal0", "now", static (HostContext host, int output, int length) => Tell(host, output, length, frame => Number(frame.Call.BlockTime)));
        abi.Add("seal0", "gas_left", static (HostContext host, int output, int length) => Tell(host, output, length, frame => Number(frame.Engine.Fuel.Left)));
        abi.Add("seal1", "gas_left", static (HostContext host, int output, int length) => Tell(host, output, length, frame => Scale.Encode(new Weight(frame.Engine.Fuel.Left, 0))));
        abi.Add("seal0", "weight_to_fee", static (HostContext host, long gas, int output, int length) => Tell(host, output, length, frame => Fee(frame, (ulong)gas)));
        abi.Add("seal1", "weight_to_fee", static (HostContext host, long time, long _, int output, int length) => Tell(host, output, length, frame => Fee(frame, (ulong)time)));
        abi.Add("seal0", "own_code_hash", static (HostContext host, int output, int length) => Tell(host, output, length, OwnCode));
        abi.Add("seal0", "code_hash", CodeHash);
        abi.Add("seal0", "is_contract", IsContract);
        abi.Add("seal0", "caller_is_origin", static (HostContext host) => Say(host, frame => frame.Call.Caller == frame.Engine.Origin ? 1 : 0));
        abi.Add("seal0", "caller_is_root", static (HostContext host) => Say(host, _ => 0));
        abi.Add("seal0", "reentrance_count", static (HostContext host) => Say(host, frame => frame.Engine.CountActive(frame.Call.Self) - 1));
        abi.Add("seal0", "account_reentrance_count", AccountReentranceCount);
    }

    private static void Input(HostContext host, int output, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        if (frame.Call.TrySpend(Fuel.Look)) frame.WriteOutput(output, length, frame.Input(keeps: true));
        frame.Leave();
    }

    private static int CodeHash(HostContext host, int account, int output, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        Hash256 contract = frame.ReadHash(account);
        if (!frame.Call.TryGetCodeHash(contract, out Hash256 code)) return frame.Leave(ReturnCode.KeyNotFound);
        frame.WriteOutput(output, length, code.AsSpan());
        return frame.Leave(ReturnCode.Success);
    }

    private static int IsContract(HostContext host, int account)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        Hash256 contract = frame.ReadHash(account);
        return frame.Leave(frame.Call.TryGetCodeHash(contract, out _) ? 1 : 0);
    }

    private static int AccountReentranceCount(HostContext host, int account)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        Hash256 contract = frame.ReadHash(account);
        return frame.Leave(frame.Call.TrySpend(Fuel.Look) ? frame.Engine.CountActive(contract) : 0);
    }

    private static byte[] OwnCode(WasmFrame frame) => frame.Call.TrySpend(Fuel.Read) && frame.Engine.Storage.TryGetContract(frame.Call.Self, out ContractRecord record) ? record.CodeHash.AsSpan().ToArray() : new byte[Hash256.Size];

    private static byte[] Fee(WasmFrame frame, ulong gas)
    {
        UInt128 price = frame.Call.TrySpend(Fuel.Read) && frame.Engine.Storage.TryGetConfig(out ClusterConfig config) ? config.Setup.GasPrice : 0;
        return Amount(Amounts.TryMultiply(price, gas, out UInt128 fee) ? fee : UInt128.MaxValue);
    }

    private static void Tell(HostContext host, int output, int length, Func<WasmFrame, byte[]> what)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        if (frame.Call.TrySpend(Fuel.Look)) frame.WriteOutput(output, length, what(frame));
        frame.Leave();
    }

    private static int Say(HostContext host, Func<WasmFrame, int> what)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(frame.Call.TrySpend(Fuel.Look) ? what(frame) : 0);
    }

    private static byte[] Amount(UInt128 amount)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, amount);
        return bytes;
    }

    private static byte[] Number(ulong number)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        return bytes;
    }
}
