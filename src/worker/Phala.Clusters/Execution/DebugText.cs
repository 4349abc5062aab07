using System.Text;

namespace Phala.Clusters.Execution;

/// <summary>What contracts say in a run for those who look for their faults. It is no part of any result that is replicated.</summary>
internal sealed class DebugText
{
    /// <summary>The most that is kept, in bytes of UTF-8.</summary>
    internal const int Longest = 128 * 1024;

    private readonly StringBuilder _text = new();
    private int _length;

    /// <summary>Adds text; what does not fit, or is no UTF-8, is dropped.</summary>
    internal void Append(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest - _length || !System.Text.Unicode.Utf8.IsValid(utf8)) return;
        _text.Append(Encoding.UTF8.GetString(utf8));
        _length += utf8.Length;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
