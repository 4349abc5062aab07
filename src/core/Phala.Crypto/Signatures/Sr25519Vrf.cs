using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>
/// schnorrkel's verifiable random function: the output is x·H for the secret key x and a point H hashed from the input, with a proof that the same x stands
/// behind the public key.
/// </summary>
/// <remarks>
/// <para>Concept: a Chaum–Pedersen proof of equal discrete logarithms, in the order of fields that Kusama froze and all of Substrate uses.</para>
/// <para>Invariant: for one key and one input there is one output; proofs differ with the entropy. Trust: who checks a proof believes that the output is that
/// one, and that nobody without the key could foresee it.</para>
/// <para>By default the input is bound to the public key. Malleable inputs are not: then two keys with a known relation have outputs with the same relation.</para>
/// </remarks>
public static class Sr25519Vrf
{
    /// <summary>The length of a pre-output in bytes.</summary>
    public const int PreOutputLength = 32;

    /// <summary>The length of a proof in bytes.</summary>
    public const int ProofLength = 64;

    /// <summary>The transcript that stands for "no extra message" in <see cref="Sign"/> and <see cref="Verify"/>; more can be appended to a copy.</summary>
    public static Transcript Extra => Transcript.Create("VRF"u8);

    /// <summary>Evaluates the function and proves it. Constant time in the secret key.</summary>
    /// <param name="key">The key pair.</param>
    /// <param name="input">The input, such as <see cref="Sr25519Context.Message"/> gives it.</param>
    /// <param name="extra">What the proof also signs: <see cref="Extra"/>, or a copy with more messages.</param>
    /// <param name="entropy">32 random bytes, as for <see cref="Sr25519KeyPair.Sign(ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{byte})"/>.</param>
    /// <param name="proof">Receives 64 bytes.</param>
    /// <param name="malleable">Leaves the public key out of the input.</param>
    /// <returns>Input and output points.</returns>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    public static Sr25519VrfOutput Sign(
        Sr25519KeyPair key, in Transcript input, in Transcript extra, ReadOnlySpan<byte> entropy, Span<byte> proof, bool malleable = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        SpanLength.Require(proof, ProofLength, nameof(proof));
        Span<byte> inputBytes = stackalloc byte[RistrettoPoint.Size], outputBytes = stackalloc byte[RistrettoPoint.Size];
        RistrettoPoint hashed = HashInput(input, key.PublicKey, malleable, inputBytes);
        RistrettoPoint.Multiply(key.ReadScalar(), hashed).Encode(outputBytes);

        Transcript transcript = BeginProof(extra, inputBytes);
        Scalar r = key.Witness(transcript, "proving\00"u8, entropy);
        Span<byte> nonce = stackalloc byte[RistrettoPoint.Size], hashedNonce = stackalloc byte[RistrettoPoint.Size];
        RistrettoPoint.MultiplyBase(r).Encode(nonce);
        RistrettoPoint.Multiply(r, hashed).Encode(hashedNonce);
        Scalar c = FinishProof(ref transcript, nonce, hashedNonce, key.PublicKey, outputBytes);
        c.ToBytes(proof);
        Scalar.MultiplyAdd(-c, key.ReadScalar(), r).ToBytes(proof[32..]);
        return new Sr25519VrfOutput(inputBytes, outputBytes);
    }

    /// <summary>Verifies a pre-output. Variable time, on public data; allocates nothing.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="input">The input.</param>
    /// <param name="extra">What the proof also signs.</param>
    /// <param name="preOutput">The pre-output.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="output">Input and output points; meaningful only if the verdict is <see cref="VrfVerdict.Valid"/>.</param>
    /// <param name="malleable">The public key is not part of the input.</param>
    /// <returns><see cref="VrfVerdict.Valid"/>, or why not. Any bytes of any length give a verdict.</returns>
    public static VrfVerdict Verify(
        ReadOnlySpan<byte> publicKey, in Transcript input, in Transcript extra, ReadOnlySpan<byte> preOutput, ReadOnlySpan<byte> proof, out Sr25519VrfOutput output,
        bool malleable = false)
    {
        output = default;
        VrfVerdict verdict = ReadParts(publicKey, preOutput, proof, out RistrettoPoint key, out RistrettoPoint outputPoint, out Scalar c, out Scalar s);
        if (verdict != VrfVerdict.Valid) return verdict;

        Span<byte> inputBytes = stackalloc byte[RistrettoPoint.Size];
        RistrettoPoint hashed = HashInput(input, publicKey, malleable, inputBytes);
        Transcript transcript = BeginProof(extra, inputBytes);
        Span<byte> nonce = stackalloc byte[RistrettoPoint.Size], hashedNonce = stackalloc byte[RistrettoPoint.Size];
        RistrettoPoint.DoubleScalarMultiplyBaseVartime(c, key, s).Encode(nonce);
        new RistrettoPoint(EdwardsPoint.MultiScalarMultiplyVartime([c, s], [outputPoint.Representative, hashed.Representative])).Encode(hashedNonce);
        if (!FinishProof(ref transcript, nonce, hashedNonce, publicKey, preOutput).Equals(c)) return VrfVerdict.WrongProof;
        output = new Sr25519VrfOutput(inputBytes, preOutput);
        return VrfVerdict.Valid;
    }

    private static VrfVerdict ReadParts(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> preOutput, ReadOnlySpan<byte> proof, out RistrettoPoint key, out RistrettoPoint output, out Scalar c, out Scalar s)
    {
        (output, c, s, key) = (default, default, default, default);
        if (preOutput.Length != PreOutputLength || proof.Length != ProofLength) return VrfVerdict.WrongLength;
        if (!Sr25519VerifyingKey.TryDecode(publicKey, out Sr25519VerifyingKey decoded)) return VrfVerdict.MalformedPublicKey;
        key = decoded.Point;
        if (!RistrettoPoint.TryDecode(preOutput, out output) || output.IsIdentity) return VrfVerdict.MalformedOutput;
        bool canonical = Scalar.TryFromCanonicalBytes(proof[..32], out c) & Scalar.TryFromCanonicalBytes(proof[32..], out s);
        return canonical ? VrfVerdict.Valid : VrfVerdict.NonCanonicalScalar;
    }

    private static RistrettoPoint HashInput(Transcript input, ReadOnlySpan<byte> publicKey, bool malleable, Span<byte> encoded)
    {
        if (!malleable) input.AppendMessage("vrf-nm-pk"u8, publicKey);
        Span<byte> uniform = stackalloc byte[RistrettoPoint.UniformSize];
        input.Challenge("VRFHash"u8, uniform);
        RistrettoPoint point = RistrettoPoint.FromUniformBytes(uniform);
        point.Encode(encoded);
        return point;
    }

    private static Transcript BeginProof(Transcript extra, ReadOnlySpan<byte> input)
    {
        extra.AppendMessage("proto-name"u8, "DLEQProof"u8);
        extra.AppendMessage("vrf:h"u8, input);
        return extra;
    }

    private static Scalar FinishProof(
        ref Transcript transcript, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> hashedNonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> output)
    {
        transcript.AppendMessage("vrf:R=g^r"u8, nonce);
        transcript.AppendMessage("vrf:h^r"u8, hashedNonce);
        transcript.AppendMessage("vrf:pk"u8, publicKey);
        transcript.AppendMessage("vrf:h^sk"u8, output);
        return Sr25519.ChallengeScalar(ref transcript, "prove"u8);
    }
}
