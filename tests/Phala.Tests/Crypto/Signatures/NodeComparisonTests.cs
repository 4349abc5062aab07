using Phala.Crypto.Signatures;
using Phala.Crypto.Transcripts;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

/// <summary>A thousand random cases against the published packages, both ways: they verify what is signed here, and what they sign is verified here.</summary>
public sealed class NodeComparisonTests
{
    private const int Cases = 1000;

    private static readonly Sr25519Context VrfContext = Sr25519Context.Create("vrf-context"u8);

    [Fact]
    public void AgreesWithPolkadotWasmCrypto()
    {
        byte[][] shared = new byte[Cases][], vrfs = new byte[Cases][];
        string[] input = new string[Cases];
        for (int at = 0; at < Cases; at++)
        {
            using Sr25519KeyPair pair = Pair(at), peer = Pair(at + 1);
            (shared[at], vrfs[at]) = (new byte[32], Vrf(pair, at));
            Assert.True(pair.TryAgree(peer.PublicKey, shared[at]));
            input[at] = Line(TestBytes.Random(32, at), Message(at), Code(at), peer.PublicKey.ToArray(), Sign(pair, at), vrfs[at]);
        }

        string[][] answers = Answers("sr25519-polkadot.mjs", input);
        for (int at = 0; at < Cases; at++)
        {
            string[] answer = answers[at];
            using Sr25519KeyPair pair = Pair(at), hard = pair.DeriveHard(Code(at)), soft = pair.DeriveSoft(Code(at));
            Assert.Equal(Hex(pair), answer[0]);
            Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(pair.PublicKey, Message(at), Convert.FromHexString(answer[1])));
            Assert.Equal("true", answer[2]);
            Assert.Equal(Hex(hard), answer[3]);
            AssertSameKeys(soft, answer[4]);
            Assert.Equal(Convert.ToHexStringLower(soft.PublicKey), answer[5]);
            Assert.Equal(Convert.ToHexStringLower(shared[at]), answer[6]);
            byte[] vrf = Convert.FromHexString(answer[7]);
            Assert.Equal(vrfs[at][..32], vrf[..32]);
            Assert.Equal(VrfVerdict.Valid, Sr25519Vrf.Verify(pair.PublicKey, VrfContext.Message(Message(at)), Extra(), vrf.AsSpan(0, 32), vrf.AsSpan(32), out _));
            Assert.Equal("true", answer[8]);
        }

        Assert.Equal(Cases, answers.Select(answer => answer[1]).Distinct().Count());
    }

    [Fact]
    public void AgreesWithSchnorrkelWasm()
    {
        string[] input = [.. Enumerable.Range(0, Cases).Select(at =>
        {
            using Sr25519KeyPair pair = Pair(at);
            return Line(TestBytes.Random(32, at), Message(at), Code(at), Sign(pair, at));
        })];
        string[][] answers = Answers("sr25519-schnorrkel.mjs", input);
        for (int at = 0; at < Cases; at++)
        {
            string[] answer = answers[at];
            byte[] seed = new byte[32];
            using Sr25519KeyPair pair = Pair(at), hard = pair.DeriveHard(Code(at)), soft = pair.DeriveSoft(Code(at));
            pair.DeriveHardSeed(Code(at), seed);
            Assert.Equal(Hex(pair), answer[0]);
            Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(pair.PublicKey, Message(at), Convert.FromHexString(answer[1])));
            Assert.Equal("true", answer[2]);
            Assert.Equal(Convert.ToHexStringLower(seed), answer[3]);
            Assert.Equal(Hex(hard), answer[4]);
            AssertSameKeys(soft, answer[5]);
            Assert.Equal(Convert.ToHexStringLower(soft.PublicKey), answer[6]);
        }

        Assert.Equal(Cases, answers.Select(answer => answer[1]).Distinct().Count());
    }

    [Fact]
    public void Ed25519AgreesWithOpenSsl()
    {
        string[] ours = new string[Cases], input = new string[Cases];
        for (int at = 0; at < Cases; at++)
        {
            byte[] signature = new byte[64];
            using Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(TestBytes.Random(32, at));
            pair.Sign(Message(at), signature);
            Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(pair.PublicKey, Message(at), signature));
            input[at] = Line(TestBytes.Random(32, at), Message(at), signature);
            ours[at] = $"{Convert.ToHexStringLower(pair.PublicKey)} {Convert.ToHexStringLower(signature)} true";
        }

        // The scheme is deterministic: equal signatures verify in both directions.
        Assert.Equal(ours, Answers("ed25519-openssl.mjs", input).Select(answer => string.Join(' ', answer)));
        Assert.Equal(Cases, ours.Distinct().Count());
    }

    /// <summary>A soft child's nonce half is random there: the scalar and the public key are what must agree.</summary>
    private static void AssertSameKeys(Sr25519KeyPair soft, string theirs)
    {
        string ours = Hex(soft);
        Assert.Equal(ours[..64], theirs[..64]);
        Assert.Equal(ours[128..], theirs[128..]);
    }

    private static byte[] Vrf(Sr25519KeyPair pair, int at)
    {
        byte[] outputAndProof = new byte[96];
        Sr25519VrfOutput output = Sr25519Vrf.Sign(pair, VrfContext.Message(Message(at)), Extra(), TestBytes.Random(32, at), outputAndProof.AsSpan(32));
        output.CopyPreOutput(outputAndProof);
        return outputAndProof;
    }

    private static Transcript Extra()
    {
        Transcript extra = Sr25519Vrf.Extra;
        extra.AppendMessage(""u8, "extra"u8);
        return extra;
    }

    private static byte[] Sign(Sr25519KeyPair pair, int at)
    {
        byte[] signature = new byte[64];
        pair.Sign(Message(at), TestBytes.Random(32, at + 7), signature);
        return signature;
    }

    private static string Hex(Sr25519KeyPair pair)
    {
        byte[] secret = new byte[64];
        pair.CopySecret(Sr25519SecretForm.Ed25519, secret);
        return Convert.ToHexStringLower(secret) + Convert.ToHexStringLower(pair.PublicKey);
    }

    private static string Line(params byte[][] fields) => string.Join(' ', fields.Select(field => TestBytes.Hex(field)));

    private static string[][] Answers(string script, string[] input)
    {
        string[][] answers = [.. NodeJs.Run(script, string.Join('\n', input) + "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        Assert.Equal(input.Length, answers.Length);
        return answers;
    }

    private static byte[] Message(int at) => TestBytes.Random(at % 300, at + 1_000_000);

    private static byte[] Code(int at) => TestBytes.Random(32, at + 2_000_000);

    private static Sr25519KeyPair Pair(int at) => Sr25519KeyPair.FromSeed(TestBytes.Random(32, at));
}
