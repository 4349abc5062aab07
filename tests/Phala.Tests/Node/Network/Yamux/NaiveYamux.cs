using Phala.Node.Network.Yamux;

namespace Phala.Tests.Node.Network.Yamux;

/// <summary>What a listener's session does with frames, written down once more in the plainest way: nobody reads, and this side finishes no stream.</summary>
internal sealed class NaiveYamux(YamuxLimits limits)
{
    private readonly Dictionary<uint, long> _room = [], _given = [];
    private readonly HashSet<uint> _finished = [], _taken = [];
    private long _waiting;

    /// <summary>The frames that are sent in answer.</summary>
    public List<YamuxHeader> Answers { get; } = [];

    /// <summary>The streams that are open.</summary>
    public IEnumerable<uint> Open => _room.Keys;

    /// <summary>Bytes that wait, by stream.</summary>
    public long Waiting(uint stream) => YamuxLimits.InitialWindow - _room[stream];

    /// <summary>This side opens a stream.</summary>
    public void OpenOwn(uint stream)
    {
        (_room[stream], _given[stream]) = (YamuxLimits.InitialWindow, YamuxLimits.InitialWindow);
        Answers.Add(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, stream, 0));
    }

    /// <summary>A frame comes.</summary>
    public YamuxError Receive(YamuxHeader frame)
    {
        bool Has(YamuxFlags flag) => (frame.Flags & flag) != 0;
        if (frame.Type == YamuxFrameType.GoAway) return YamuxError.PeerGone;
        if (frame.Type == YamuxFrameType.Ping)
        {
            if (frame.Flags == YamuxFlags.Syn) Answers.Add(frame with { Flags = YamuxFlags.Ack });
            return frame.Flags is YamuxFlags.Syn or YamuxFlags.Ack ? YamuxError.None : YamuxError.BadFlags;
        }

        uint id = frame.Stream;
        if (Has(YamuxFlags.Syn))
        {
            if (Has(YamuxFlags.Ack)) return YamuxError.BadFlags;
            if (id % 2 == 0 || _room.ContainsKey(id)) return YamuxError.BadStreamNumber;
            if (Has(YamuxFlags.Rst)) return YamuxError.None;
            bool hasRoom = _room.Keys.Count(each => each % 2 == 1) < limits.MaxInboundStreams;
            Answers.Add(new YamuxHeader(YamuxFrameType.WindowUpdate, hasRoom ? YamuxFlags.Ack : YamuxFlags.Rst, id, 0));
            if (hasRoom) (_room[id], _given[id]) = (YamuxLimits.InitialWindow, YamuxLimits.InitialWindow);
        }

        if (!_room.TryGetValue(id, out long room)) return YamuxError.None;
        if (Has(YamuxFlags.Ack) && (id % 2 == 1 || !_taken.Add(id))) return YamuxError.UnexpectedAck;
        if (Has(YamuxFlags.Rst))
        {
            _waiting -= Waiting(id);
            Forget(id);
            return YamuxError.None;
        }

        if (frame.Type == YamuxFrameType.WindowUpdate && (_given[id] += frame.Value) > uint.MaxValue) return YamuxError.WindowOverflow;
        if (frame.PayloadLength > 0)
        {
            if (_finished.Contains(id)) return YamuxError.DataAfterFin;
            if (frame.PayloadLength > room) return YamuxError.WindowExceeded;
            _room[id] -= frame.PayloadLength;
            _waiting += frame.PayloadLength;
        }

        if (_waiting > limits.MaxWaiting) return YamuxError.TooMuchWaiting;
        if (Has(YamuxFlags.Fin)) _finished.Add(id);
        return YamuxError.None;
    }

    private void Forget(uint id)
    {
        _room.Remove(id);
        _given.Remove(id);
        _finished.Remove(id);
        _taken.Remove(id);
    }
}
