using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>Answers behind a byte; unless it is 2 or more, they are signed anew, so that more than the signature is met. Odd: the client wants an anchored state.</summary>
internal sealed class AnswerTarget : FuzzTarget
{
    private const string BadEncoding = nameof(BadEncoding);
    private const ulong Now = 1_700_000_000_000;
    private const byte Signed = 0, WantsAnchor = 1, Unsigned = 2;

    private static readonly Sr25519KeyPair Session = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("session"));
    private static readonly Sr25519PublicKey SessionKey = new(Session.PublicKey);
    private static readonly QueryRequest Request = new(ClusterWorld.Vault, new InkQueryData.InkMessage([1], 0, 0, false), new QueryNonce(ClusterWorld.Bytes("nonce")), 50, Now);
    private static readonly QueryOutcome Outcome = new QueryOutcome.Returned([1, 2, 3]);
    private static readonly BlockId Head = new(ClusterWorld.Hash("head"), 60);
    private static readonly Hash256 Root = ClusterWorld.Hash("root");

    private static readonly FreshnessRecord Record = new(
        ClusterWorld.Genesis, ClusterWorld.Id, ClusterWorld.Vault, NativeCode.Vault, 9, Head, Now - 1000, Root, 0, SessionKey, 500, Request.Hash(), Outcome.Hash(), Request.Nonce);

    private static readonly AnswerExpectation Expectation = new(
        ClusterWorld.Genesis, ClusterWorld.Id, SessionKey, 500, Request, Head, new(new ClusterAnchor(new QueueHead(9, Root), Root, Root, Root, 1)), Now, 60_000, RequireAnchored: false);

    /// <inheritdoc/>
    public override string Name => "query-answer";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Make(Signed, Record), Make(Unsigned, Record), Make(WantsAnchor, Record), Make(WantsAnchor, Record with { Count = 10, StateRoot = ClusterWorld.Genesis }), Make(Signed, Record with { StateRoot = ClusterWorld.Genesis }),
        Make(Signed, Record with { ViewTime = 5 }), Make(Signed, Record with { ViewTime = ulong.MaxValue }), Make(Signed, Record with { Finalized = Head with { Number = 3 } }), Make(Signed, Record with { LeaseEnd = 5 }),
        Make(Signed, Record with { Finalized = Head with { Hash = Root } }),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [BadEncoding, .. Enum.GetNames<AnswerVerdict>().Except([nameof(AnswerVerdict.Verified)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 16_384 + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length == 0) return new FuzzOutcome(false, BadEncoding);
        DecodeResult<QueryAnswer> decoded = Scale.Decode<QueryAnswer>(input.AsSpan(1));
        if (!decoded.IsOk) return new FuzzOutcome(decoded.Position >= 32, BadEncoding);
        QueryAnswer answer = input[0] < Unsigned ? decoded.Value with { Signature = Sign(decoded.Value.Record) } : decoded.Value;
        AnswerVerdict verdict = AnswerVerifier.Verify(answer, Expectation with { RequireAnchored = (input[0] & 1) != 0 }, out _);
        if (verdict == AnswerVerdict.Verified && answer.Outcome != Outcome && answer.Record.AnswerHash == Record.AnswerHash) throw new InvalidOperationException("Another answer was verified.");
        return new FuzzOutcome(true, verdict == AnswerVerdict.Verified ? null : verdict.ToString());
    }

    private static byte[] Make(byte mode, FreshnessRecord record) => [mode, .. Scale.Encode(new QueryAnswer(record, default, Outcome))];

    private static Sr25519SignatureBytes Sign(FreshnessRecord record)
    {
        Span<byte> signature = stackalloc byte[Sr25519.SignatureLength];
        Session.Sign(record.SigningBytes(), new byte[Sr25519.EntropyLength], signature);
        return new Sr25519SignatureBytes(signature);
    }
}
