using System.Buffers.Binary;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Clusters.State;

/// <summary>Code whose decoding, checking and compilation somebody has paid for: until newer code takes its room, every worker keeps it ready.</summary>
/// <remarks>
/// <b>Concept.</b> What work a worker has to do for code depends on what it did before, which is no part of the state. What a command pays must not: so the state says which code is ready, the first to come being the first to go,
/// and <see cref="Wasm.WasmCodes"/> has more room than all of it takes.
/// </remarks>
internal sealed class PreparedCodes(TrieOverlay main)
{
    /// <summary>The bytes of code that are prepared at most.</summary>
    internal const ulong Room = 8 * 1024 * 1024;

    internal bool Contains(in Hash256 code) => main.Contains(StateKeys.Prepared(code));

    /// <summary>Adds code that was not prepared, and drops the oldest that there is no room for any more.</summary>
    internal void Add(in Hash256 code, uint length)
    {
        (ulong bytes, ulong next) = ReadSum();
        Span<byte> number = stackalloc byte[sizeof(ulong)], item = stackalloc byte[Hash256.Size + sizeof(uint)];
        BinaryPrimitives.WriteUInt64BigEndian(number, next);
        code.AsSpan().CopyTo(item);
        BinaryPrimitives.WriteUInt32LittleEndian(item[Hash256.Size..], length);
        main.Set(StateKeys.Prepared(code), number);
        main.Set(StateKeys.PreparedOrder(number), item);
        bytes += length;
        while (bytes > Room && TryDropOldest(out uint dropped)) bytes -= dropped;
        WriteSum(bytes, next + 1);
    }

    /// <summary>Forgets code that was removed.</summary>
    internal void Remove(in Hash256 code)
    {
        if (!main.TryGet(StateKeys.Prepared(code), out ReadOnlySpan<byte> number)) return;
        byte[] place = StateKeys.PreparedOrder(number);
        bool isThere = main.TryGet(place, out ReadOnlySpan<byte> item);
        System.Diagnostics.Debug.Assert(isThere, "Both are written together.");
        (ulong bytes, ulong next) = ReadSum();
        bytes -= BinaryPrimitives.ReadUInt32LittleEndian(item[Hash256.Size..]);
        main.Remove(place);
        main.Remove(StateKeys.Prepared(code));
        WriteSum(bytes, next);
    }

    private bool TryDropOldest(out uint length)
    {
        length = 0;
        if (!main.TryGetNextKey([StateKeys.PreparedOrderMark], out byte[]? place) || place[0] != StateKeys.PreparedOrderMark || !main.TryGet(place, out ReadOnlySpan<byte> item)) return false;
        length = BinaryPrimitives.ReadUInt32LittleEndian(item[Hash256.Size..]);
        main.Remove(StateKeys.Prepared(new Hash256(item[..Hash256.Size])));
        main.Remove(place);
        return true;
    }

    private (ulong Bytes, ulong Next) ReadSum() =>
        main.TryGet(StateKeys.PreparedSum, out ReadOnlySpan<byte> value) ? (BinaryPrimitives.ReadUInt64LittleEndian(value), BinaryPrimitives.ReadUInt64LittleEndian(value[sizeof(ulong)..])) : default;

    private void WriteSum(ulong bytes, ulong next)
    {
        Span<byte> value = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(value, bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(value[sizeof(ulong)..], next);
        main.Set(StateKeys.PreparedSum, value);
    }
}
