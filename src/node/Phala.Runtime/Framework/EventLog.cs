using Phala.Codec;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie.Storage;
using FrameSystem = Phala.Runtime.Interface.FrameSystem;

namespace Phala.Runtime.Framework;

/// <summary>The events of a block, encoded as they come and written into the state at its end. What a failed call deposited is taken back with its other changes.</summary>
internal sealed class EventLog
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <summary>How many events there are.</summary>
    public uint Count { get; private set; }

    /// <summary>What to come back to.</summary>
    public (int Length, uint Count) Mark => (_length, Count);

    /// <summary>Takes back the events since a mark.</summary>
    public void RollBack((int Length, uint Count) mark) => (_length, Count) = mark;

    /// <summary>Adds an event without topics.</summary>
    /// <param name="phase">The phase's index.</param>
    /// <param name="extrinsic">The extrinsic's place, where the phase is one.</param>
    /// <param name="deposited">The event.</param>
    public void Add<T>(BlockPhase phase, uint extrinsic, in T deposited)
        where T : IEvent<T>
    {
        EventShape shape = RuntimeShape.EventOf(typeof(T));
        int length = (phase == BlockPhase.ApplyExtrinsic ? 5 : 1) + 2 + T.EncodedLength(deposited) + 1;
        if (_bytes.Length - _length < length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + length));
        ScaleWriter writer = new(_bytes.AsSpan(_length, length));
        writer.WriteByte((byte)phase);
        if (phase == BlockPhase.ApplyExtrinsic) writer.WriteUInt32(extrinsic);
        writer.WriteByte(shape.Pallet.Index);
        writer.WriteByte(shape.Index);
        T.Encode(ref writer, deposited);
        writer.WriteLength(0);
        _length += length;
        Count++;
    }

    /// <summary>Writes the events into the state.</summary>
    public void Store(TrieOverlay state)
    {
        byte[] encoded = new byte[ScaleWriter.CompactLength(Count) + _length];
        ScaleWriter writer = new(encoded.AsSpan());
        writer.WriteCompact(Count);
        writer.WriteSpan(_bytes.AsSpan(0, _length));
        state.Set(FrameSystem.Events.Prefix, encoded);
        FrameSystem.EventCount.Set(state, Count);
    }
}
