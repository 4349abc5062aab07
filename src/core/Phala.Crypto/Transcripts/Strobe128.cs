using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Phala.Crypto.Hashing;

namespace Phala.Crypto.Transcripts;

/// <summary>
/// STROBE-128 (version 1.0.2) over Keccak-f[1600]: only the operations that Merlin uses, without transport. Every operation is framed by its flags and by the
/// position where the one before it began, so that two different sequences of operations never give the same state.
/// </summary>
/// <remarks>Time depends on the lengths of the data alone.</remarks>
internal struct Strobe128
{
    // 200 bytes of state less 2 · 128 bits of capacity, less the two bytes that the framing of a block takes.
    private const int Rate = 166;

    private const byte FlagInbound = 1, FlagApplication = 2, FlagCipher = 4, FlagMeta = 16;

    private KeccakState _state;
    private byte _position, _begin, _flags;

    /// <summary>A state bound to a protocol's name.</summary>
    internal static Strobe128 Create(ReadOnlySpan<byte> protocol)
    {
        Strobe128 strobe = default;
        Span<byte> state = strobe.Bytes();
        ReadOnlySpan<byte> domain = [1, Rate + 2, 1, 0, 1, 96, .. "STROBEv1.0.2"u8];
        domain.CopyTo(state);
        KeccakPermutation.Permute(strobe._state);
        strobe.MetaAssociatedData(protocol);
        return strobe;
    }

    /// <summary>Whether this state was made by <see cref="Create"/>; the default value was not.</summary>
    internal readonly bool IsCreated => _flags != 0;

    /// <summary>meta-AD: absorbs framing data, such as labels.</summary>
    internal void MetaAssociatedData(ReadOnlySpan<byte> data)
    {
        Begin(FlagMeta | FlagApplication);
        Absorb(data);
    }

    /// <summary>Goes on with the meta-AD operation that was begun last.</summary>
    internal void MoreMetaAssociatedData(ReadOnlySpan<byte> data) => Absorb(data);

    /// <summary>AD: absorbs data that both sides know.</summary>
    internal void AssociatedData(ReadOnlySpan<byte> data)
    {
        Begin(FlagApplication);
        Absorb(data);
    }

    /// <summary>PRF: squeezes pseudo-random bytes and erases them from the state.</summary>
    internal void PseudoRandom(Span<byte> output)
    {
        Begin(FlagInbound | FlagApplication | FlagCipher);
        while (output.Length > 0)
        {
            int taken = Math.Min(output.Length, Rate - _position);
            Span<byte> source = Bytes().Slice(_position, taken);
            source.CopyTo(output);
            source.Clear();
            output = output[taken..];
            Advance(taken);
        }
    }

    /// <summary>KEY: overwrites the state with a secret, so that what came before cannot be computed back.</summary>
    internal void Key(ReadOnlySpan<byte> key)
    {
        Begin(FlagApplication | FlagCipher);
        while (key.Length > 0)
        {
            int taken = Math.Min(key.Length, Rate - _position);
            key[..taken].CopyTo(Bytes()[_position..]);
            key = key[taken..];
            Advance(taken);
        }
    }

    /// <summary>Overwrites the state with zeros; it must not be used any more.</summary>
    internal void Clear()
    {
        CryptographicOperations.ZeroMemory(Bytes());
        _position = _begin = _flags = 0;
    }

    private void Begin(int flags)
    {
        byte before = _begin;
        _begin = (byte)(_position + 1);
        _flags = (byte)flags;
        Absorb([before, (byte)flags]);

        // The cipher operations work on a fresh block.
        if ((flags & FlagCipher) != 0 && _position != 0) RunF();
    }

    private void Absorb(ReadOnlySpan<byte> data)
    {
        while (data.Length >= Rate - _position)
        {
            int taken = Rate - _position;
            Sponge.Xor(Bytes()[_position..], data[..taken]);
            data = data[taken..];
            Advance(taken);
        }

        Sponge.Xor(Bytes()[_position..], data);
        _position += (byte)data.Length;
    }

    private void Advance(int taken)
    {
        _position += (byte)taken;
        if (_position == Rate) RunF();
    }

    private void RunF()
    {
        Span<byte> state = Bytes();
        state[_position] ^= _begin;
        state[_position + 1] ^= 0x04;
        state[Rate + 1] ^= 0x80;
        KeccakPermutation.Permute(_state);
        _position = _begin = 0;
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    private Span<byte> Bytes() => MemoryMarshal.AsBytes((Span<ulong>)_state);
}
