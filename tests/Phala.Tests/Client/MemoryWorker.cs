using System.Net;
using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Queries;

namespace Phala.Tests.Client;

/// <summary>A worker behind HTTP that answers queries in memory, about a state that the test names.</summary>
internal sealed class MemoryWorker(string name, Hash256 genesis) : HttpMessageHandler
{
    public static readonly byte[] Output = [0, 42];

    private readonly Sr25519KeyPair _signing = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes($"signing key of {name}"));
    private readonly X25519KeyPair _encryption = X25519KeyPair.Derive(ClusterWorld.Bytes($"encryption key of {name}"));

    /// <summary>The block that the worker's view is.</summary>
    public required Func<QueueBlock> View { get; set; }

    /// <summary>The cluster's state, as the worker has it.</summary>
    public Hash256 StateRoot { get; set; } = ClusterWorld.Hash("state");

    /// <summary>Changes what the worker stands for before it signs.</summary>
    public Func<FreshnessRecord, FreshnessRecord> Record { get; set; } = record => record;

    /// <summary>Changes the answer after it was signed.</summary>
    public Func<QueryAnswer, QueryAnswer> Answer { get; set; } = answer => answer;

    /// <summary>What contracts answer.</summary>
    public byte[] Returned { get; set; } = Output;

    /// <summary>The queries that it could open.</summary>
    public List<QueryBody> Queries { get; } = [];

    /// <summary>How many queries it could open.</summary>
    public int Opened => Queries.Count;

    public SessionRecord Session(BlockId claimed) => new(
        new(_signing.PublicKey), new(_encryption.PublicKey), new BootNonce(ClusterWorld.Bytes(name)), 0, claimed.Number, claimed, 500, default, AttestationProvider.InsecureDev);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Encoded.Schema.Decode(await request.Content!.ReadAsByteArrayAsync(cancellationToken), out Encoded message);
        SealedQuery query = Scale.Decode<SealedQuery>(message.EncodedValue).Value!;
        if (QueryEnvelope.TryOpen(genesis, new(_signing.PublicKey), _encryption, query, out QueryBody? body, out AnswerKey? key) != EnvelopeError.None)
        {
            return new HttpResponseMessage(HttpStatusCode.InternalServerError) { Content = new ByteArrayContent(PrpcError.Schema.Encode(new PrpcError { Message = "not for this session" })) };
        }

        Queries.Add(body!);
        using (key)
        {
            byte[] answer = key!.Seal(Answer(Sign(query, body!)), System.Security.Cryptography.RandomNumberGenerator.GetBytes(AnswerKey.EntropyLength));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoded.Schema.Encode(new Encoded { EncodedValue = answer })) };
        }
    }

    protected override void Dispose(bool disposing)
    {
        _signing.Dispose();
        _encryption.Dispose();
        base.Dispose(disposing);
    }

    private QueryAnswer Sign(SealedQuery query, QueryBody body)
    {
        QueueBlock view = View();
        FreshnessRecord record = new(
            genesis, query.Cluster, query.Contract, NativeCode.Vault, view.Queue.Count, view.Id, view.Slot * QueueChain.SlotDuration, StateRoot, 0, new(_signing.PublicKey), 500, body.Request.Hash(), default, body.Request.Nonce);
        return QueryAnswer.Sign(Record(record), new QueryOutcome.Returned(Vec.Create<byte>(Returned)), _signing, new byte[Sr25519.EntropyLength]);
    }
}
