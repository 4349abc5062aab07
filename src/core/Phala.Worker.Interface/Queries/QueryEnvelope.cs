using System.Security.Cryptography;
using Phala.Codec;
using Phala.Crypto;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Worker.Interface.Queries;

/// <summary>Queries that only one session of one worker can read.</summary>
/// <remarks>
/// <para><b>Concept.</b> HPKE in base mode to the session's encryption key; <c>info</c> binds protocol version, chain, cluster, contract and session. Answers are sealed under a key
/// that both sides export from the same context, so that only who sealed the query reads the answer.</para>
/// <para><b>Invariant.</b> A query that opens was sealed for this session and contract. It may be a copy: a query changes nothing, and its answer is sealed afresh.</para>
/// <para><b>Trust.</b> The envelope says nothing about who asks: <see cref="QueryCaller"/> does.</para>
/// </remarks>
public static class QueryEnvelope
{
    /// <summary>The longest plaintext, padded, in bytes.</summary>
    public const int LongestBody = 1024 * 1024;

    /// <summary>Seals a query.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="session">The session's signing key.</param>
    /// <param name="sessionKey">The session's encryption key.</param>
    /// <param name="body">What it says.</param>
    /// <param name="entropy">At least 32 random bytes, for this query alone.</param>
    /// <param name="query">The query, where there is no error.</param>
    /// <param name="answerKey">What opens the answer, where there is no error. Disposing of it is the caller's.</param>
    /// <returns><see cref="EnvelopeError.None"/>, <see cref="EnvelopeError.InvalidKey"/> or <see cref="EnvelopeError.TooLong"/>.</returns>
    public static EnvelopeError Seal(
        in Hash256 genesis,
        in Hash256 cluster,
        in Sr25519PublicKey session,
        in X25519PublicKey sessionKey,
        QueryBody body,
        ReadOnlySpan<byte> entropy,
        out SealedQuery? query,
        out AnswerKey? answerKey)
    {
        (query, answerKey) = (null, null);
        Hash256 contract = body.Request.Contract;
        int length = Padding.LengthOf(QueryBody.EncodedLength(body));
        if (length > LongestBody) return EnvelopeError.TooLong;
        byte[] envelope = new byte[length + Hpke.Overhead];
        Span<byte> encapsulation = envelope.AsSpan(0, Hpke.EncapsulationLength);
        HpkeError error = HpkeSender.Setup(sessionKey.AsSpan(), EnvelopeInfo.Query(genesis, cluster, contract, session), entropy, encapsulation, out HpkeSender? context);
        if (error != HpkeError.None) return SealedContent.Translate(error);
        using (context)
        {
            byte[] padded = SealedContent.Pad(body);
            context!.Seal([], padded, envelope.AsSpan(Hpke.EncapsulationLength));
            CryptographicOperations.ZeroMemory(padded);
            answerKey = new AnswerKey(context.Exporter);
        }

        query = new SealedQuery(cluster, contract, session, Vec.Create<byte>(envelope));
        return EnvelopeError.None;
    }

    /// <summary>Opens a query.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="session">The session's signing key.</param>
    /// <param name="sessionKey">The session's encryption key.</param>
    /// <param name="query">The query.</param>
    /// <param name="body">What it says, where there is no error.</param>
    /// <param name="answerKey">What seals the answer, where there is no error. Disposing of it is the caller's.</param>
    /// <returns><see cref="EnvelopeError.None"/>, or why not. Any bytes give an answer.</returns>
    public static EnvelopeError TryOpen(
        in Hash256 genesis, in Sr25519PublicKey session, X25519KeyPair sessionKey, SealedQuery query, out QueryBody? body, out AnswerKey? answerKey)
    {
        (body, answerKey) = (null, null);
        ReadOnlySpan<byte> envelope = query.Ciphertext.AsSpan();
        if (envelope.Length < Hpke.Overhead) return EnvelopeError.Truncated;
        if (envelope.Length > LongestBody + Hpke.Overhead) return EnvelopeError.TooLong;
        byte[] info = EnvelopeInfo.Query(genesis, query.Cluster, query.Contract, session);
        HpkeError error = HpkeReceiver.Setup(sessionKey, envelope[..Hpke.EncapsulationLength], info, out HpkeReceiver? context);
        if (error != HpkeError.None) return SealedContent.Translate(error);
        using (context)
        {
            using SecretBytes plaintext = new(envelope.Length - Hpke.Overhead);
            error = context!.Open([], envelope[Hpke.EncapsulationLength..], plaintext.Span);
            if (error != HpkeError.None) return SealedContent.Translate(error);
            if (!SealedContent.TryUnpad<QueryBody>(plaintext.Span, out QueryBody? read) || read.Request.Contract != query.Contract) return EnvelopeError.Malformed;
            body = read;
            answerKey = new AnswerKey(context.Exporter);
        }

        return EnvelopeError.None;
    }
}
