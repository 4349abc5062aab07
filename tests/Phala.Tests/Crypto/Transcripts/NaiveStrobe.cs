using Phala.Tests.Crypto.Hashing;

namespace Phala.Tests.Crypto.Transcripts;

/// <summary>
/// STROBE-128 from its specification (https://strobe.sourceforge.io/specs, §6 and §7), byte by byte, on the naive permutation; and Merlin on it. The duplex rule
/// is the general one: before-data and after-data are made by flags instead of by operation.
/// </summary>
internal sealed class NaiveStrobe
{
    private const int R = 166;
    private const int I = 1, A = 2, C = 4, M = 16;

    private readonly byte[] _state = new byte[200];
    private int _position, _begin;

    public NaiveStrobe(byte[] protocol)
    {
        byte[] domain = [1, R + 2, 1, 0, 1, 12 * 8, .. "STROBEv1.0.2"u8];
        domain.CopyTo(_state, 0);
        Permute();
        Operate(A | M, protocol, more: false);
    }

    private NaiveStrobe(NaiveStrobe other)
    {
        other._state.CopyTo(_state, 0);
        (_position, _begin) = (other._position, other._begin);
    }

    public static NaiveStrobe Merlin(byte[] label)
    {
        NaiveStrobe strobe = new("Merlin v1.0"u8.ToArray());
        strobe.AppendMessage("dom-sep"u8.ToArray(), label);
        return strobe;
    }

    public NaiveStrobe Fork() => new(this);

    public void AppendMessage(byte[] label, byte[] message)
    {
        Operate(M | A, [.. label, .. BitConverter.GetBytes(message.Length)], more: false);
        Operate(A, message, more: false);
    }

    public byte[] Challenge(byte[] label, int length)
    {
        Operate(M | A, [.. label, .. BitConverter.GetBytes(length)], more: false);
        return Operate(I | A | C, new byte[length], more: false);
    }

    public void Rekey(byte[] label, byte[] witness)
    {
        Operate(M | A, [.. label, .. BitConverter.GetBytes(witness.Length)], more: false);
        Operate(A | C, witness, more: false);
    }

    public void FinishRng(byte[] entropy)
    {
        Operate(M | A, "rng"u8.ToArray(), more: false);
        Operate(A | C, entropy, more: false);
    }

    public byte[] Random(int length)
    {
        Operate(M | A, BitConverter.GetBytes(length), more: false);
        return Operate(I | A | C, new byte[length], more: false);
    }

    private byte[] Operate(int flags, byte[] data, bool more)
    {
        if (!more)
        {
            int before = _begin;
            _begin = _position + 1;
            Duplex([(byte)before, (byte)flags], cbefore: false, cafter: false, force: (flags & C) != 0);
        }

        bool cafter = (flags & (C | I | 8)) == C, cbefore = (flags & C) != 0 && !cafter;
        return Duplex(data, cbefore, cafter, force: false);
    }

    private byte[] Duplex(byte[] data, bool cbefore, bool cafter, bool force)
    {
        byte[] result = [.. data];
        for (int at = 0; at < result.Length; at++)
        {
            if (cbefore || cafter) result[at] ^= _state[_position];
            if (cafter) (result[at], _state[_position]) = (_state[_position], data[at]);
            else _state[_position] ^= result[at];
            if (++_position == R) RunF();
        }

        if (force && _position != 0) RunF();
        return result;
    }

    private void RunF()
    {
        _state[_position] ^= (byte)_begin;
        _state[_position + 1] ^= 0x04;
        _state[R + 1] ^= 0x80;
        Permute();
        _position = _begin = 0;
    }

    private void Permute()
    {
        ulong[] lanes = [.. Enumerable.Range(0, 25).Select(at => BitConverter.ToUInt64(_state, 8 * at))];
        NaiveKeccak.Permute(lanes);
        for (int at = 0; at < 25; at++) BitConverter.GetBytes(lanes[at]).CopyTo(_state, 8 * at);
    }
}
