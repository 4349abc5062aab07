using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>
/// Secret keys of sr25519. The first byte tells their form, and whether the rest is brought to a secret's length, which is the outermost check. What is accepted
/// must give its bytes back.
/// </summary>
internal sealed class Sr25519SecretTarget : FuzzTarget
{
    private const string WrongLength = "WrongLength", NotAScalar = "NotAScalar";
    private const byte OwnLength = 0x80;

    public override string Name => "sr25519-secret";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [(byte)Sr25519SecretForm.Canonical, .. Secret(Sr25519SecretForm.Canonical)],
        [(byte)Sr25519SecretForm.Ed25519, .. Secret(Sr25519SecretForm.Ed25519)],
        [(byte)Sr25519SecretForm.Canonical, .. new byte[Sr25519.SecretLength]],
        [(byte)Sr25519SecretForm.Ed25519, .. Enumerable.Repeat((byte)0xff, Sr25519.SecretLength)],
        [OwnLength, .. Secret(Sr25519SecretForm.Canonical)],
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [WrongLength, NotAScalar];

    public override long AllocationBound(int inputLength) => 4096 + (4 * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        byte kind = input.Length == 0 ? OwnLength : input[0];
        Sr25519SecretForm form = (kind & 1) == 0 ? Sr25519SecretForm.Canonical : Sr25519SecretForm.Ed25519;
        ReadOnlySpan<byte> rest = SignatureSamples.Part(input, 1, int.MaxValue);
        byte[] secret = new byte[kind < OwnLength ? Sr25519.SecretLength : rest.Length];
        rest[..Math.Min(rest.Length, secret.Length)].CopyTo(secret);

        bool accepted = Sr25519KeyPair.TryFromSecret(secret, form, out Sr25519KeyPair? pair);
        using (pair)
        {
            if (accepted) CheckSecret(pair!, form, secret);
        }

        bool isLength = secret.Length == Sr25519.SecretLength;
        return new FuzzOutcome(isLength, accepted ? null : isLength ? NotAScalar : WrongLength);
    }

    // Division by the cofactor drops the three lowest bits of the Ed25519 form.
    private static void CheckSecret(Sr25519KeyPair pair, Sr25519SecretForm form, ReadOnlySpan<byte> secret)
    {
        Span<byte> copy = stackalloc byte[Sr25519.SecretLength], expected = stackalloc byte[Sr25519.SecretLength];
        pair.CopySecret(form, copy);
        secret.CopyTo(expected);
        if (form == Sr25519SecretForm.Ed25519) expected[0] &= 0xF8;
        if (!copy.SequenceEqual(expected)) throw new InvalidOperationException("a secret gives its bytes back");
        if (!pair.PublicKey.ContainsAnyExcept((byte)0)) throw new InvalidOperationException("the key of the scalar zero");
    }

    private static byte[] Secret(Sr25519SecretForm form)
    {
        byte[] secret = new byte[Sr25519.SecretLength];
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(SignatureSamples.Bytes(32, 3));
        pair.CopySecret(form, secret);
        return secret;
    }
}
