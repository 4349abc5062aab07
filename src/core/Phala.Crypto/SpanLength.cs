namespace Phala.Crypto;

/// <summary>The check of lengths that are fixed by a scheme: a span of another length is a bug of the caller.</summary>
internal static class SpanLength
{
    /// <exception cref="ArgumentException">The span has another length.</exception>
    internal static void Require(ReadOnlySpan<byte> bytes, int length, string name)
    {
        if (bytes.Length != length) throw new ArgumentException($"Expected {length} bytes, not {bytes.Length}.", name);
    }
}
