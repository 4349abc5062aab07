using System.Buffers.Binary;

namespace Phala.Crypto.Transcripts;

/// <summary>Secret randomness that is a function of a transcript, witnesses and entropy. It holds secrets: call <see cref="Clear"/> after use.</summary>
public struct TranscriptRng
{
    private Strobe128 _strobe;

    internal TranscriptRng(Strobe128 strobe) => _strobe = strobe;

    /// <summary>Fills a span with the next random bytes. Cutting a request in two gives other bytes.</summary>
    /// <param name="output">Receives as many bytes as it is long.</param>
    /// <exception cref="InvalidOperationException">The generator is the default value, or cleared.</exception>
    public void Fill(scoped Span<byte> output)
    {
        if (!_strobe.IsCreated) throw new InvalidOperationException("A generator comes from TranscriptRngBuilder.Finish.");
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, output.Length);
        _strobe.MetaAssociatedData(length);
        _strobe.PseudoRandom(output);
    }

    /// <summary>Overwrites the secret state with zeros.</summary>
    public void Clear() => _strobe.Clear();
}
