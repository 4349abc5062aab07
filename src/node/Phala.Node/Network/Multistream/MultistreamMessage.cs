using System.Diagnostics.CodeAnalysis;
using System.Text;
using Phala.Node.Network.Framing;

namespace Phala.Node.Network.Multistream;

/// <summary>A message of multistream-select: a line of printable ASCII in a frame.</summary>
internal static class MultistreamMessage
{
    /// <summary>What both sides say first.</summary>
    public const string Header = "/multistream/1.0.0";

    /// <summary>The refusal of a protocol.</summary>
    public const string NotAvailable = "na";

    /// <summary>The longest line, with its end.</summary>
    public const int MaxLength = 256;

    /// <summary>A line's frame.</summary>
    public static byte[] Encode(string line) => LengthPrefix.Encode(Encoding.ASCII.GetBytes(line + '\n'));

    /// <summary>Reads what a frame holds.</summary>
    public static MultistreamError TryRead(ReadOnlySpan<byte> frame, [NotNullWhen(true)] out string? line)
    {
        line = null;
        if (frame.Length == 0 || frame[^1] != '\n') return MultistreamError.NoLine;
        ReadOnlySpan<byte> text = frame[..^1];
        if (text.IsEmpty || text.ContainsAnyExceptInRange((byte)' ', (byte)'~')) return MultistreamError.NoText;
        line = Encoding.ASCII.GetString(text);
        return MultistreamError.None;
    }
}
