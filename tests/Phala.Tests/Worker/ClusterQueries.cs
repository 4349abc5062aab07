using System.Security.Cryptography;
using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>Queries of the vault over a worker's RPC.</summary>
internal static class ClusterQueries
{
    /// <summary>Who asks, with a key.</summary>
    public static AccountId Alice => Actor.Alice.Account;

    /// <summary>What the vault answers to who reads a secret of Alice's, named door.</summary>
    public static byte[] Read(Func<string, byte[], byte[]?> call, WorkerWorld world, SyncStatus status, AccountId owner, Actor? caller = null)
    {
        QueryAnswer answer = Ask(call, world, status, Request(world, ClusterWorld.Call("read", owner.AsSpan().ToArray(), ClusterWorld.Text("door"))), caller ?? Actor.Alice);
        QueryOutcome.Returned returned = Assert.IsType<QueryOutcome.Returned>(answer.Outcome);
        ContractExecResult result = Scale.Decode<ContractExecResult>(returned.Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out _), $"{result.Result}");
        return value.Data.ToArray();
    }

    public static QueryRequest Request(WorkerWorld world, byte[] message, uint minFinalized = 0, ulong? expiry = null) => new(
        WorkerWorld.Vault, new InkQueryData.InkMessage(Vec.Create<byte>(message), 0, 0, false), new QueryNonce(RandomNumberGenerator.GetBytes(QueryNonce.Size)), minFinalized,
        expiry ?? ((world.Chain.Best.Slot * QueueChain.SlotDuration) + 60_000));

    /// <summary>Asks, and believes nothing before it is verified against the chain.</summary>
    public static QueryAnswer Ask(Func<string, byte[], byte[]?> call, WorkerWorld world, SyncStatus status, QueryRequest request, Actor caller)
    {
        SessionRecord session = world.Pallets.Sessions[status.Identity];
        byte[]? sealedAnswer = AskSealed(call, world, session, request, caller, out AnswerKey key);
        using (key)
        {
            Assert.NotNull(sealedAnswer);
            Assert.Equal(EnvelopeError.None, key.TryOpen(sealedAnswer, out QueryAnswer? answer));
            AnswerExpectation expectation = new(
                world.Chain.Genesis, WorkerWorld.Cluster, session.SigningKey, session.LeaseEnd, request, world.Chain.Best.Id,
                world.Pallets.AnchorOf(WorkerWorld.Cluster) is { } anchor ? new(anchor) : default, world.Chain.Best.Slot * QueueChain.SlotDuration, 600_000, RequireAnchored: false);
            Assert.Equal(AnswerVerdict.Verified, AnswerVerifier.Verify(answer!, expectation, out _));
            return answer!;
        }
    }

    /// <summary>Asks a session; null where the worker refuses outside of the envelope.</summary>
    public static byte[]? AskSealed(Func<string, byte[], byte[]?> call, WorkerWorld world, SessionRecord session, QueryRequest request, Actor caller, out AnswerKey key)
    {
        byte[] signature = new byte[Sr25519.SignatureLength];
        caller.Keys.Sign(QueryCaller.SigningBytes(world.Chain.Genesis, session.SigningKey, request), RandomNumberGenerator.GetBytes(32), signature);
        QueryBody body = new(request, new(new QueryCaller(caller.Account, new MultiSignature(SignatureScheme.Sr25519, signature))));
        EnvelopeError error = QueryEnvelope.Seal(
            world.Chain.Genesis, WorkerWorld.Cluster, session.SigningKey, session.EncryptionKey, body, RandomNumberGenerator.GetBytes(32), out SealedQuery? query, out AnswerKey? answerKey);
        Assert.Equal(EnvelopeError.None, error);
        key = answerKey!;
        byte[]? reply = call(PrpcMethods.Query, Encoded.Schema.Encode(new Encoded { EncodedValue = Scale.Encode(query!) }));
        if (reply is null) return null;
        Assert.Equal(ProtoError.None, Encoded.Schema.Decode(reply, out Encoded encoded));
        return encoded.EncodedValue;
    }
}
