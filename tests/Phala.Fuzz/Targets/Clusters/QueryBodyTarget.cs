using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Queries;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>Queries after they were opened. Past the outermost check is what decodes as far as the kind of query.</summary>
internal sealed class QueryBodyTarget : FuzzTarget
{
    private const string BadEncoding = nameof(BadEncoding);
    private const ulong ViewTime = 1_700_000_000_000;
    private const uint Finalized = 100;

    private static readonly Sr25519PublicKey Session = new(ClusterWorld.Bytes("session"));

    private static readonly QueryRequest Request =
        new(ClusterWorld.Vault, new InkQueryData.InkMessage([1, 2, 3, 4], 5, 6, true), new QueryNonce(ClusterWorld.Bytes("nonce")), Finalized, ViewTime + 1000);

    /// <inheritdoc/>
    public override string Name => "query-body";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Make(Request), Make(Request with { MinFinalized = Finalized + 1 }), Make(Request with { Expiry = ViewTime - 1 }), Make(Request with { Expiry = ulong.MaxValue }),
        Make(Request with { Data = new InkQueryData.InkInstantiate(ClusterWorld.Genesis, [1], [2, 3], 4, 5) }), Scale.Encode(new QueryBody(Request with { Data = new InkQueryData.CommandOutput(default) }, default)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } =
        [BadEncoding, nameof(QueryRefusal.Behind), nameof(QueryRefusal.Expired), nameof(QueryRefusal.ExpiresTooLate), nameof(QueryRefusal.BadSignature)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 8192 + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        DecodeResult<QueryBody> body = Scale.Decode<QueryBody>(input);
        if (!body.IsOk) return new FuzzOutcome(body.Position >= 32, BadEncoding);
        if (!Scale.Encode(body.Value).AsSpan().SequenceEqual(input)) throw new InvalidOperationException("A query has two encodings.");
        return new FuzzOutcome(true, body.Value.Check(ClusterWorld.Genesis, Session, Finalized, ViewTime)?.ToString());
    }

    private static byte[] Make(QueryRequest request)
    {
        using Sr25519KeyPair caller = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("caller"));
        Span<byte> signature = stackalloc byte[Sr25519.SignatureLength];
        caller.Sign(QueryCaller.SigningBytes(ClusterWorld.Genesis, Session, request), ClusterWorld.Bytes("entropy"), signature);
        return Scale.Encode(new QueryBody(request, new(new QueryCaller(new AccountId(caller.PublicKey), new MultiSignature(SignatureScheme.Sr25519, signature)))));
    }
}
