using Phala.Chain;
using Phala.Crypto.Encryption;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.WorkerInterface;

/// <summary>Every field that an envelope is bound to, swapped in turn: nothing opens but the envelope in its own place.</summary>
public sealed class EnvelopeMatrixTests
{
    private static readonly Hash256 Genesis = ClusterWorld.Hash("g"), Cluster = ClusterWorld.Hash("cl"), Contract = ClusterWorld.Hash("co"), Other = ClusterWorld.Hash("other");
    private static readonly AccountId Sender = ClusterWorld.Account("s");
    private static readonly Sr25519PublicKey Session = new(ClusterWorld.Bytes("session")), OtherSession = new(ClusterWorld.Bytes("other session"));
    private static readonly X25519KeyPair Key = Pair("key"), OtherKey = Pair("other key");
    private static readonly X25519PublicKey PublicKey = new(Key.PublicKey);

    public static TheoryData<string> Commands => [.. CommandSwaps().Keys];

    public static TheoryData<string> Wraps => [.. WrapSwaps().Keys];

    public static TheoryData<string> Queries => [.. QuerySwaps().Keys];

    public static TheoryData<string> Receipts => [.. ReceiptSwaps().Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_opens_in_its_own_place_alone(string swap)
    {
        CommandContext context = new(Genesis, Cluster, Contract, Sender);
        CommandBody body = new([1, 2, 3], 4, 5, new(6), new(PublicKey));
        Assert.Equal(EnvelopeError.None, CommandEnvelope.Seal(context, PublicKey, 7, new CommandNonce(ClusterWorld.Bytes("n")), 8, body, ClusterWorld.Bytes("e"), out SealedCommand? command));
        (CommandContext where, X25519KeyPair key, SealedCommand what) = CommandSwaps()[swap](context, command!);
        EnvelopeError error = CommandEnvelope.TryOpen(where, key, what, out CommandBody? opened);
        Judge(swap, error, opened, body);
    }

    [Theory]
    [MemberData(nameof(Wraps))]
    public void A_wrap_opens_for_its_own_session_alone(string swap)
    {
        KeyWrapContext context = new(Genesis, Cluster, 3, Session, Contract);
        using ClusterSecrets secrets = new(3, ClusterWorld.Bytes("command"), ClusterWorld.Bytes("root"));
        byte[] wrap = new byte[KeyWrap.Length];
        Assert.Equal(EnvelopeError.None, KeyWrap.Seal(context, PublicKey, secrets, ClusterWorld.Bytes("e"), wrap));
        (KeyWrapContext where, X25519KeyPair key) = WrapSwaps()[swap](context);
        EnvelopeError error = KeyWrap.TryOpen(where, key, wrap, out ClusterSecrets? opened);
        Judge(swap, error, opened is null ? null : Convert.ToHexString(opened.CommandKey.PublicKey), Convert.ToHexString(secrets.CommandKey.PublicKey));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_opens_for_its_own_session_and_contract_alone(string swap)
    {
        QueryBody body = new(new QueryRequest(Contract, new InkQueryData.InkMessage([1], 2, 3, true), new QueryNonce(ClusterWorld.Bytes("n")), 4, 5), default);
        Assert.Equal(EnvelopeError.None, QueryEnvelope.Seal(Genesis, Cluster, Session, PublicKey, body, ClusterWorld.Bytes("e"), out SealedQuery? query, out AnswerKey? answerKey));
        answerKey!.Dispose();
        (Hash256 genesis, Sr25519PublicKey session, X25519KeyPair key, SealedQuery what) = QuerySwaps()[swap](query!);
        EnvelopeError error = QueryEnvelope.TryOpen(genesis, session, key, what, out QueryBody? opened, out AnswerKey? _);
        Judge(swap, error, opened, body);
    }

    [Theory]
    [MemberData(nameof(Receipts))]
    public void A_receipt_opens_in_its_own_place_alone(string swap)
    {
        Outcome outcome = new(OutcomeStatus.Reverted, 9, [1, 2]);
        Blinder blinder = new(ClusterWorld.Bytes("blinder"));
        ReceiptContext context = new(Genesis, Cluster, Contract, new MessageId(5, Channel.OfCluster(Cluster), 2));
        SealedOutcome whole = new SealedOutcome.Whole(outcome, blinder);
        Assert.Equal(EnvelopeError.None, ReceiptEnvelope.Seal(context, PublicKey, whole, ClusterWorld.Bytes("m"), out Vec<byte> envelope));
        Receipt receipt = new(context.Message, Contract, new ReceiptStatus.Executed(), outcome.Commitment(blinder), 4, envelope);
        (ReceiptContext where, X25519KeyPair key) = ReceiptSwaps()[swap](context);
        EnvelopeError error = ReceiptEnvelope.TryOpen(where, key, receipt, out SealedOutcome? opened);
        Judge(swap, error, opened, whole);
    }

    [Fact]
    public void An_outcome_that_the_receipt_does_not_commit_to_is_not_given_out()
    {
        Outcome outcome = new(OutcomeStatus.Succeeded, 9, [1, 2]);
        Blinder blinder = new(ClusterWorld.Bytes("blinder"));
        ReceiptContext context = new(Genesis, Cluster, Contract, new MessageId(5, Channel.OfCluster(Cluster), 2));
        ReceiptEnvelope.Seal(context, PublicKey, new SealedOutcome.Whole(outcome, blinder), ClusterWorld.Bytes("m"), out Vec<byte> envelope);
        foreach (Hash256 commitment in (Hash256[])[(outcome with { Gas = 10 }).Commitment(blinder), outcome.Commitment(default), default])
        {
            Receipt receipt = new(context.Message, Contract, new ReceiptStatus.Executed(), commitment, 4, envelope);
            Assert.Equal(EnvelopeError.Malformed, ReceiptEnvelope.TryOpen(context, Key, receipt, out SealedOutcome? opened));
            Assert.Null(opened);
        }
    }

    [Fact]
    public void No_envelope_is_one_of_another_kind()
    {
        byte[][] infos =
        [
            EnvelopeInfo.Command(Genesis, Cluster, Contract, 0), EnvelopeInfo.KeyWrap(new KeyWrapContext(Genesis, Cluster, 0, new(Contract.AsSpan()), default)),
            EnvelopeInfo.Query(Genesis, Cluster, Contract, new(Contract.AsSpan())), EnvelopeInfo.Receipt(Genesis, Cluster, Contract, default),
        ];
        foreach (byte[] info in infos) Assert.Single(infos, other => other.AsSpan().StartsWith(info.AsSpan(0, 4)) && other.AsSpan().SequenceEqual(info));
        Assert.Equal(infos.Length, infos.Select(info => Convert.ToHexString(info.AsSpan(0, 1 + (info[0] >> 2)))).Distinct().Count());
    }

    private static void Judge<T>(string swap, EnvelopeError error, T? opened, T expected)
        where T : class
    {
        if (swap == "nothing")
        {
            Assert.Equal(EnvelopeError.None, error);
            Assert.Equal(expected, opened);
        }
        else
        {
            Assert.Equal(swap.StartsWith("malformed", StringComparison.Ordinal) ? EnvelopeError.Malformed : EnvelopeError.NotAuthentic, error);
            Assert.Null(opened);
        }
    }

    private static Dictionary<string, Func<CommandContext, SealedCommand, (CommandContext, X25519KeyPair, SealedCommand)>> CommandSwaps() => new()
    {
        ["nothing"] = (context, command) => (context, Key, command),
        ["key"] = (context, command) => (context, OtherKey, command),
        ["genesis"] = (context, command) => (context with { Genesis = Other }, Key, command),
        ["cluster"] = (context, command) => (context with { Cluster = Other }, Key, command),
        ["contract"] = (context, command) => (context with { Contract = Other }, Key, command),
        ["sender"] = (context, command) => (context with { Sender = ClusterWorld.Account("t") }, Key, command),
        ["cluster and contract"] = (context, command) => (context with { Cluster = Contract, Contract = Cluster }, Key, command),
        ["epoch"] = (context, command) => (context, Key, command with { Epoch = 8 }),
        ["nonce"] = (context, command) => (context, Key, command with { Nonce = new CommandNonce(ClusterWorld.Bytes("o")) }),
        ["expiry"] = (context, command) => (context, Key, command with { Expiry = 9 }),
        ["encapsulation"] = (context, command) => (context, Key, Flip(command, 0)),
        ["ciphertext"] = (context, command) => (context, Key, Flip(command, 40)),
        ["tag"] = (context, command) => (context, Key, Flip(command, command.Ciphertext.Length - 1)),
    };

    private static Dictionary<string, Func<KeyWrapContext, (KeyWrapContext, X25519KeyPair)>> WrapSwaps() => new()
    {
        ["nothing"] = context => (context, Key),
        ["key"] = context => (context, OtherKey),
        ["genesis"] = context => (context with { Genesis = Other }, Key),
        ["cluster"] = context => (context with { Cluster = Other }, Key),
        ["epoch"] = context => (context with { Epoch = 4 }, Key),
        ["session"] = context => (context with { Session = OtherSession }, Key),
        ["claimed block"] = context => (context with { ClaimedBlock = Other }, Key),
    };

    private static Dictionary<string, Func<SealedQuery, (Hash256, Sr25519PublicKey, X25519KeyPair, SealedQuery)>> QuerySwaps() => new()
    {
        ["nothing"] = query => (Genesis, Session, Key, query),
        ["key"] = query => (Genesis, Session, OtherKey, query),
        ["genesis"] = query => (Other, Session, Key, query),
        ["session"] = query => (Genesis, OtherSession, Key, query with { Session = OtherSession }),
        ["cluster"] = query => (Genesis, Session, Key, query with { Cluster = Other }),
        ["contract"] = query => (Genesis, Session, Key, query with { Contract = Other }),
        ["ciphertext"] = query => (Genesis, Session, Key, query with { Ciphertext = Flip(query.Ciphertext, 50) }),
    };

    private static Dictionary<string, Func<ReceiptContext, (ReceiptContext, X25519KeyPair)>> ReceiptSwaps() => new()
    {
        ["nothing"] = context => (context, Key),
        ["key"] = context => (context, OtherKey),
        ["genesis"] = context => (context with { Genesis = Other }, Key),
        ["cluster"] = context => (context with { Cluster = Other }, Key),
        ["contract"] = context => (context with { Contract = Other }, Key),
        ["count"] = context => (context with { Message = context.Message with { Count = 6 } }, Key),
        ["channel"] = context => (context with { Message = context.Message with { Channel = Channel.System } }, Key),
        ["index"] = context => (context with { Message = context.Message with { Index = 3 } }, Key),
    };

    private static SealedCommand Flip(SealedCommand command, int at) => command with { Ciphertext = Flip(command.Ciphertext, at) };

    private static Vec<byte> Flip(Vec<byte> bytes, int at)
    {
        byte[] copy = bytes.ToArray();
        copy[at] ^= 1;
        return Vec.Create<byte>(copy);
    }

    private static X25519KeyPair Pair(string name) => X25519KeyPair.Derive(ClusterWorld.Bytes(name));
}
