using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>The input and output points of a VRF, proven or own: the source of the random bytes that the VRF is evaluated for.</summary>
public readonly struct Sr25519VrfOutput
{
    private readonly KeyBytes _input, _output;

    internal Sr25519VrfOutput(ReadOnlySpan<byte> input, ReadOnlySpan<byte> output)
    {
        input.CopyTo(_input);
        output.CopyTo(_output);
    }

    /// <summary>Writes the pre-output: the encoded output point, which a verifier needs besides the proof.</summary>
    /// <param name="destination">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">The span is shorter.</exception>
    public void CopyPreOutput(Span<byte> destination) => ((ReadOnlySpan<byte>)_output).CopyTo(destination);

    /// <summary>Random bytes that only the key's holder could compute and that everybody with the proof can check.</summary>
    /// <param name="context">What the bytes are for.</param>
    /// <param name="bytes">Receives as many bytes as it is long; another length gives other bytes.</param>
    public void MakeBytes(ReadOnlySpan<byte> context, Span<byte> bytes)
    {
        Transcript transcript = Transcript.Create("VRFResult"u8);
        transcript.AppendMessage(""u8, context);
        transcript.AppendMessage("vrf-in"u8, _input);
        transcript.AppendMessage("vrf-out"u8, _output);
        transcript.Challenge(""u8, bytes);
    }
}
