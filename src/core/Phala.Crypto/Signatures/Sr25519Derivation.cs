using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>The transcripts of schnorrkel's hierarchical derivation, common to secret and public keys.</summary>
internal static class Sr25519Derivation
{
    internal static Transcript Begin(ReadOnlySpan<byte> index)
    {
        Transcript transcript = Transcript.Create("SchnorrRistrettoHDKD"u8);
        transcript.AppendMessage("sign-bytes"u8, index);
        return transcript;
    }

    /// <summary>The scalar that soft derivation adds, and the child's chain code where its span is not empty.</summary>
    internal static Scalar SoftTweak(ref Transcript transcript, ReadOnlySpan<byte> chainCode, ReadOnlySpan<byte> publicKey, Span<byte> nextChainCode)
    {
        transcript.AppendMessage("chain-code"u8, chainCode);
        transcript.AppendMessage("public-key"u8, publicKey);
        Scalar tweak = Sr25519.ChallengeScalar(ref transcript, "HDKD-scalar"u8);
        NextChainCode(ref transcript, nextChainCode);
        return tweak;
    }

    /// <summary>The seed of the hard-derived child, and its chain code where its span is not empty.</summary>
    internal static void HardSeed(ReadOnlySpan<byte> chainCode, ReadOnlySpan<byte> index, ReadOnlySpan<byte> secretScalar, Span<byte> seed, Span<byte> nextChainCode)
    {
        Transcript transcript = Begin(index);
        transcript.AppendMessage("chain-code"u8, chainCode);
        transcript.AppendMessage("secret-key"u8, secretScalar);
        transcript.Challenge("HDKD-hard"u8, seed);
        NextChainCode(ref transcript, nextChainCode);
        transcript.Clear();
    }

    // Drawn also when nobody asks for it: it is part of the transcript from which the child's nonce half comes.
    private static void NextChainCode(ref Transcript transcript, Span<byte> nextChainCode)
    {
        Span<byte> bytes = stackalloc byte[Sr25519.ChainCodeLength];
        transcript.Challenge("HDKD-chaincode"u8, bytes);
        if (!nextChainCode.IsEmpty) bytes.CopyTo(nextChainCode);
    }
}
