using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;

namespace Phala.Worker.Interface.Queries;

/// <summary>An answer with what the worker stands for.</summary>
/// <param name="Record">What the worker stands for.</param>
/// <param name="Signature">The session's sr25519 signature over it, in the context <c>substrate</c>.</param>
/// <param name="Outcome">The answer.</param>
[Scale]
public sealed partial record QueryAnswer(FreshnessRecord Record, Sr25519SignatureBytes Signature, QueryOutcome Outcome)
{
    /// <summary>Signs a record.</summary>
    /// <param name="record">The record. Its answer's hash is set here.</param>
    /// <param name="outcome">The answer.</param>
    /// <param name="session">The session's signing key.</param>
    /// <param name="entropy">32 random bytes.</param>
    public static QueryAnswer Sign(FreshnessRecord record, QueryOutcome outcome, Sr25519KeyPair session, ReadOnlySpan<byte> entropy)
    {
        FreshnessRecord complete = record with { AnswerHash = outcome.Hash() };
        Span<byte> signature = stackalloc byte[Sr25519.SignatureLength];
        session.Sign(complete.SigningBytes(), entropy, signature);
        return new QueryAnswer(complete, new Sr25519SignatureBytes(signature), outcome);
    }
}
