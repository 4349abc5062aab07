using System.Globalization;
using System.Text;
using Phala.Crypto.Hashing;

namespace Phala.Crypto.Keys;

/// <summary>One step of a derivation path: <c>//name</c> is hard, which takes the secret key, <c>/name</c> is soft, which the public key is enough for.</summary>
public readonly ref struct DerivationJunction
{
    /// <summary>The length of a chain code in bytes.</summary>
    public const int ChainCodeLength = 32;

    private DerivationJunction(ReadOnlySpan<char> name, bool isHard)
    {
        Name = name;
        IsHard = isHard;
    }

    /// <summary>What follows the slashes.</summary>
    public ReadOnlySpan<char> Name { get; }

    /// <summary>Whether there were two slashes.</summary>
    public bool IsHard { get; }

    /// <summary>Takes the first junction off a path. False where the path does not begin with one.</summary>
    /// <param name="path">The path, moved on behind the junction.</param>
    /// <param name="junction">The junction.</param>
    public static bool TryTake(ref ReadOnlySpan<char> path, out DerivationJunction junction)
    {
        junction = default;
        if (path.IsEmpty || path[0] != '/') return false;
        bool hard = path.Length > 1 && path[1] == '/';
        ReadOnlySpan<char> rest = path[(hard ? 2 : 1)..];
        int length = rest.IndexOf('/');
        if (length < 0) length = rest.Length;
        if (length == 0) return false;

        junction = new DerivationJunction(rest[..length], hard);
        path = rest[length..];
        return true;
    }

    /// <summary>
    /// Writes the chain code: a number below 2^64 as 8 bytes, little-endian; any other name as SCALE encodes it, its length and its UTF-8. Up to 32 bytes
    /// are filled up with zeros, more are hashed with BLAKE2b-256.
    /// </summary>
    /// <param name="chainCode">Receives 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chain code has another length.</exception>
    public void WriteChainCode(Span<byte> chainCode)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(chainCode.Length, ChainCodeLength, nameof(chainCode));
        chainCode.Clear();
        if (TryGetNumber(out ulong number))
        {
            BitConverter.TryWriteBytes(chainCode, BitConverter.IsLittleEndian ? number : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(number));
            return;
        }

        byte[] text = new byte[Encoding.UTF8.GetByteCount(Name)];
        Encoding.UTF8.GetBytes(Name, text);
        Span<byte> prefix = stackalloc byte[4];
        prefix = prefix[..WriteCompact((uint)text.Length, prefix)];
        if (prefix.Length + text.Length <= ChainCodeLength)
        {
            prefix.CopyTo(chainCode);
            text.CopyTo(chainCode[prefix.Length..]);
            return;
        }

        Blake2bState state = Blake2bState.Create(ChainCodeLength);
        state.Append(prefix);
        state.Append(text);
        state.Finish(chainCode);
    }

    /// <summary>A number as Substrate reads it: decimal digits, a plus before them is allowed.</summary>
    private bool TryGetNumber(out ulong number)
    {
        ReadOnlySpan<char> digits = Name.Length > 1 && Name[0] == '+' ? Name[1..] : Name;
        number = 0;
        return !digits.ContainsAnyExceptInRange('0', '9') && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>SCALE's compact form of a length below 2^30.</summary>
    private static int WriteCompact(uint value, Span<byte> bytes)
    {
        int length = value < 1 << 6 ? 1 : value < 1 << 14 ? 2 : 4;
        uint encoded = (value << 2) | (uint)(length / 2);
        for (int at = 0; at < length; at++) bytes[at] = (byte)(encoded >> (8 * at));
        return length;
    }
}
