using Phala.Clusters.Execution;
using Phala.Wasm;

namespace Phala.Clusters.Wasm.Functions;

/// <summary>What a contract stores. Keys of 32 bytes, which older versions use, and keys of any length are two spaces: none of one is ever one of the other.</summary>
internal static class StorageFunctions
{
    /// <summary>The longest key that a contract chooses the length of.</summary>
    internal const int LongestKey = 128;

    /// <summary>Instead of a length: there was nothing.</summary>
    private const int Nothing = -1;

    private const byte FixedMark = 0, VariableMark = 1;
    private const int FixedLength = 32;

    internal static void Register(HostAbi abi)
    {
        abi.Add("seal0", "set_storage", static (HostContext host, int key, int value, int length) => SetFixed(host, key, value, length));
        abi.Add("seal1", "set_storage", static (HostContext host, int key, int value, int length) => SetFixedTelling(host, key, value, length));
        abi.Add("seal2", "set_storage", Set);
        abi.Add("seal0", "clear_storage", ClearFixed);
        abi.Add("seal1", "clear_storage", Clear);
        abi.Add("seal0", "get_storage", GetFixed);
        abi.Add("seal1", "get_storage", Get);
        abi.Add("seal0", "contains_storage", ContainsFixed);
        abi.Add("seal1", "contains_storage", Contains);
        abi.Add("seal0", "take_storage", Take);
    }

    private static void SetFixed(HostContext host, int key, int value, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        frame.Call.Set(FixedKey(frame, key), frame.Read(value, length));
        frame.Leave();
    }

    private static int SetFixedTelling(HostContext host, int key, int value, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(frame.Call.Set(FixedKey(frame, key), frame.Read(value, length)) ?? Nothing);
    }

    private static int Set(HostContext host, int key, int keyLength, int value, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(frame.Call.Set(Key(frame, key, keyLength), frame.Read(value, length)) ?? Nothing);
    }

    private static void ClearFixed(HostContext host, int key)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        frame.Call.Remove(FixedKey(frame, key));
        frame.Leave();
    }

    private static int Clear(HostContext host, int key, int keyLength)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(frame.Call.Remove(Key(frame, key, keyLength)) ?? Nothing);
    }

    private static int GetFixed(HostContext host, int key, int output, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(Find(frame, FixedKey(frame, key), output, length));
    }

    private static int Get(HostContext host, int key, int keyLength, int output, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(Find(frame, Key(frame, key, keyLength), output, length));
    }

    private static int ContainsFixed(HostContext host, int key)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(frame.Call.LengthOf(FixedKey(frame, key)) ?? Nothing);
    }

    private static int Contains(HostContext host, int key, int keyLength)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(frame.Call.LengthOf(Key(frame, key, keyLength)) ?? Nothing);
    }

    private static int Take(HostContext host, int key, int keyLength, int output, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        byte[] full = Key(frame, key, keyLength);
        ReturnCode result = Find(frame, full, output, length);
        if (result == ReturnCode.Success) frame.Call.Remove(full);
        return frame.Leave(result);
    }

    private static ReturnCode Find(WasmFrame frame, byte[] key, int output, int length)
    {
        if (!frame.Call.TryGet(key, out ReadOnlySpan<byte> value)) return ReturnCode.KeyNotFound;
        frame.WriteOutput(output, length, value);
        return ReturnCode.Success;
    }

    private static byte[] FixedKey(WasmFrame frame, int key) => [FixedMark, .. frame.ReadExactly(key, FixedLength)];

    private static byte[] Key(WasmFrame frame, int key, int length)
    {
        if ((uint)length > LongestKey) frame.Call.Fail(CallStatus.DecodingFailed);
        return [VariableMark, .. frame.Read(key, length)];
    }
}
