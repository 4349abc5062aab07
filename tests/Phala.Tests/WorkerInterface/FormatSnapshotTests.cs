using System.Globalization;
using System.Text;
using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.WorkerInterface;

/// <summary>Every byte that clients and workers exchange, pinned by examples: a changed format shows as a changed file.</summary>
public sealed class FormatSnapshotTests
{
    private const string Snapshot = "tests/Phala.Tests/WorkerInterface/Snapshots/formats.txt";

    private static readonly X25519KeyPair Key = X25519KeyPair.Derive(ClusterWorld.Bytes("key"));
    private static readonly X25519PublicKey PublicKey = new(Key.PublicKey);
    private static readonly Sr25519PublicKey Session = new(ClusterWorld.Bytes("session"));

    [Fact]
    public void Formats_are_those_of_the_snapshot()
    {
        StringBuilder text = new();
        foreach ((string name, byte[] bytes) in Examples()) text.Append(CultureInfo.InvariantCulture, $"{name}: {Convert.ToHexStringLower(bytes)}\n");

        // To accept a change, delete the snapshot and run the test: it writes the file anew, and fails that once, so that nobody overlooks it.
        string path = Repository.Path(Snapshot);
        bool isNew = !File.Exists(path);
        if (isNew) File.WriteAllText(path, text.ToString());
        Assert.False(isNew, "the snapshot is new: look at it and run again");
        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    private static IEnumerable<(string, byte[])> Examples()
    {
        CommandBody body = new([1, 2, 3, 4], 5, 6, new(7), new(PublicKey));
        CommandContext context = new(ClusterWorld.Genesis, ClusterWorld.Id, ClusterWorld.Vault, ClusterWorld.Owner);
        CommandEnvelope.Seal(context, PublicKey, 1, new CommandNonce(ClusterWorld.Bytes("nonce")), 1_700_000_000_000, body, ClusterWorld.Bytes("entropy"), out SealedCommand? command);
        yield return ("command body", Scale.Encode(body));
        yield return ("command info", EnvelopeInfo.Command(context.Genesis, context.Cluster, context.Contract, 1));
        yield return ("command payload", Scale.Encode<CommandPayload>(new CommandPayload.Sealed(command!)));

        using ClusterSecrets secrets = new(1, ClusterWorld.Bytes("command key"), ClusterWorld.Bytes("root"));
        KeyWrapContext wrap = new(ClusterWorld.Genesis, ClusterWorld.Id, 1, Session, ClusterWorld.Hash("block"));
        byte[] wrapped = new byte[KeyWrap.Length], blinder = new byte[32], material = new byte[32];
        KeyWrap.Seal(wrap, PublicKey, secrets, ClusterWorld.Bytes("entropy"), wrapped);
        yield return ("wrap info", EnvelopeInfo.KeyWrap(wrap));
        yield return ("wrap", wrapped);

        MessageId message = new(9, Channel.OfCluster(ClusterWorld.Id), 3);
        secrets.DeriveReceiptBlinder(message, blinder);
        secrets.DeriveReceiptEphemeral(message, material);
        using (var identity = secrets.DeriveClusterIdentity()) yield return ("cluster identity", identity.PublicKey.ToArray());
        using (var identity = secrets.DeriveContractIdentity(ClusterWorld.Vault)) yield return ("contract identity", identity.PublicKey.ToArray());
        yield return ("receipt blinder", blinder);
        yield return ("receipt ephemeral material", material);

        Outcome outcome = new(OutcomeStatus.Succeeded, 1_000_000, [0, 0]);
        ReceiptContext place = new(ClusterWorld.Genesis, ClusterWorld.Id, ClusterWorld.Vault, message);
        SealedOutcome whole = new SealedOutcome.Whole(outcome, new Blinder(blinder));
        ReceiptEnvelope.Seal(place, PublicKey, whole, material, out Vec<byte> envelope);
        yield return ("receipt info", EnvelopeInfo.Receipt(place.Genesis, place.Cluster, place.Contract, message));
        yield return ("outcome", Scale.Encode(outcome));
        yield return ("sealed outcome", Scale.Encode(whole));
        yield return ("sealed outcome without output", Scale.Encode<SealedOutcome>(new SealedOutcome.WithoutOutput(OutcomeStatus.Reverted, 5, 6000, new Blinder(blinder))));
        Receipt receipt = new(message, ClusterWorld.Vault, new ReceiptStatus.Executed(), outcome.Commitment(new Blinder(blinder)), 20, envelope);
        yield return ("receipt", Scale.Encode(receipt));
        yield return ("root of receipts", ReceiptTrie.Root([receipt, receipt with { GasBucket = 21 }]).AsSpan().ToArray());
        yield return ("receipt file", new ReceiptSamples().Anchored().ToBytes());
        yield return ("receipt evidence by votes", Scale.Encode(new ReceiptSamples().Reported().Evidence));

        QueryRequest request = new(ClusterWorld.Vault, new InkQueryData.InkMessage([1, 2, 3, 4], 5, 6, true), new QueryNonce(ClusterWorld.Bytes("nonce")), 77, 1_700_000_000_000);
        QueryBody query = new(request, new(new QueryCaller(ClusterWorld.Owner, new MultiSignature(SignatureScheme.Ed25519, new byte[64]))));
        QueryEnvelope.Seal(ClusterWorld.Genesis, ClusterWorld.Id, Session, PublicKey, query, ClusterWorld.Bytes("entropy"), out SealedQuery? sealedQuery, out AnswerKey? answerKey);
        yield return ("query body", Scale.Encode(query));
        yield return ("query for an output", Scale.Encode<InkQueryData>(new InkQueryData.CommandOutput(message)));
        yield return ("what a caller signs", QueryCaller.SigningBytes(ClusterWorld.Genesis, Session, request));
        yield return ("query", Scale.Encode(sealedQuery!));

        QueryOutcome result = new QueryOutcome.Refused(QueryRefusal.NoSuchOutput);
        FreshnessRecord record = new(
            ClusterWorld.Genesis, ClusterWorld.Id, ClusterWorld.Vault, NativeCode.Vault, 9, new BlockId(ClusterWorld.Hash("block"), 80), 1_700_000_000_000, ClusterWorld.Hash("root"), 0, Session, 600, request.Hash(), result.Hash(), request.Nonce);
        QueryAnswer answer = new(record, default, result);
        yield return ("freshness record", Scale.Encode(record));
        yield return ("what a session signs", record.SigningBytes());
        yield return ("answer", Scale.Encode(answer));
        yield return ("sealed answer", answerKey!.Seal(answer, ClusterWorld.Bytes("salt")));
        answerKey.Dispose();
    }
}
