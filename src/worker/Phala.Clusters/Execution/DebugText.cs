using System.Text.Unicode;
using Phala.Codec;

namespace Phala.Clusters.Execution;

/// <summary>What contracts say in a run for those who look for their faults. It is no part of any result that is replicated.</summary>
internal sealed class DebugText
{
    /// <summary>The most that is kept, in bytes of UTF-8.</summary>
    internal const int Longest = 128 * 1024;

    private readonly List<byte> _text = [];

    /// <summary>Adds text; what does not fit, or is no UTF-8, is dropped.</summary>
    internal void Append(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= Longest - _text.Count && Utf8.IsValid(utf8)) _text.AddRange(utf8);
    }

    /// <summary>The text in UTF-8.</summary>
    internal Vec<byte> ToBytes() => [.. _text];
}
