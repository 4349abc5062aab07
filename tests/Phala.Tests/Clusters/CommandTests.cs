using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Native;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>What is executed, what is not and why, and how often.</summary>
public sealed class CommandTests
{
    private static readonly AccountId Alice = ClusterWorld.Account("alice"), Bob = ClusterWorld.Account("bob");
    private static readonly byte[] Store = ClusterWorld.Call("store", ClusterWorld.Text("a"), ClusterWorld.Sequence([1]));
    private readonly ClusterWorld _world = new ClusterWorld(gasPrice: 1, deposit: 10_000_000_000_000).Begin();

    public static TheoryData<NotExecuted> Reasons => [.. Enum.GetValues<NotExecuted>()];

    public CommandTests() => _world.Apply(ClusterWorld.Deposit(Alice, 10_000_000_000));

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_not_to_execute_occurs_and_changes_nothing(NotExecuted reason)
    {
        Message message = Refused(reason);
        Hash256 before = _world.State.Root;
        Receipt receipt = Single(_world.Apply(message));
        Assert.Equal(new ReceiptStatus.NotExecuted(reason), receipt.Status);
        Assert.Equal((default, 0, 0), (receipt.Commitment, receipt.GasBucket, receipt.Sealed.Length));

        // Of a command that opened its nonce is used.
        if (reason != NotExecuted.CannotPay) Assert.Equal(before, _world.State.Root);
        else Assert.NotEqual(before, _world.State.Root);
        Assert.Equal([0, 0], VaultTests.Ask(_world, Alice, ClusterWorld.Vault, ClusterWorld.Call("list")));
        AssertExecuted(_world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, Store)));
    }

    [Fact]
    public void A_nonce_is_used_once_until_its_commands_have_expired()
    {
        byte[] nonce = ClusterWorld.Bytes("nonce");
        ulong expiry = _world.Now + (3 * ClusterWorld.EntryTime);
        Message first = _world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: expiry, nonce: nonce);
        AssertExecuted(_world.Apply(first));
        AssertRefused(NotExecuted.NonceUsed, _world.Apply(first));
        AssertRefused(NotExecuted.NonceUsed, _world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: expiry + 60_000, nonce: nonce)));
        _world.Apply(ClusterWorld.Deposit(Bob, 10_000_000_000));
        AssertRefused(NotExecuted.Expired, _world.Apply(first));
        AssertExecuted(_world.Apply(_world.Sealed(Bob, ClusterWorld.Vault, Store, nonce: nonce)));
        AssertExecuted(_world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, Store, nonce: nonce)));
    }

    [Fact]
    public void A_nonce_counts_within_an_entry()
    {
        Message message = _world.Sealed(Alice, ClusterWorld.Vault, Store);
        Vec<Receipt> receipts = _world.Apply(message, message).Report!.Receipts;
        Assert.IsType<ReceiptStatus.Executed>(receipts[0].Status);
        Assert.Equal(new ReceiptStatus.NotExecuted(NotExecuted.NonceUsed), receipts[1].Status);
    }

    [Fact]
    public void Forgotten_nonces_leave_nothing_behind()
    {
        Hash256 before = new ClusterWorld().Begin().State.Root;
        ClusterWorld world = new ClusterWorld().Begin();
        Assert.Equal(before, world.State.Root);
        for (int count = 0; count < 5; count++) world.Apply(world.Sealed(Alice, ClusterWorld.System, ClusterWorld.Call(SystemContract.Version), gas: 0, expiry: world.Now + 100_000));
        Assert.NotEqual(before, world.State.Root);
        world.Now += 200_000;
        Assert.NotNull(world.Apply().Report);
        Assert.Equal(before, world.State.Root);
        Assert.Null(world.Apply().Report);
    }

    [Fact]
    public void A_command_is_in_time_until_its_expiry_and_no_more_than_a_day_early()
    {
        AssertExecuted(_world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: _world.Now)));
        AssertRefused(NotExecuted.Expired, _world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: _world.Now - 1)));
        AssertExecuted(_world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: _world.Now + QueryRequest.LongestLife)));
        AssertRefused(NotExecuted.ExpiresTooLate, _world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: _world.Now + QueryRequest.LongestLife + 1)));
    }

    [Fact]
    public void A_command_that_another_account_copies_does_not_open()
    {
        Message original = _world.Sealed(Alice, ClusterWorld.Vault, Store);
        _world.Apply(ClusterWorld.Deposit(Bob, 10_000_000_000));
        AssertRefused(NotExecuted.NotOpened, _world.Apply(original with { Sender = new MessageOrigin.AccountId(Bob) }));
        AssertRefused(NotExecuted.NotOpened, _world.Apply(original with { Destination = Topics.Command(ClusterWorld.System) }));
        AssertExecuted(_world.Apply(original));
    }

    [Fact]
    public void Older_envelopes_are_executed_where_the_owner_says_so()
    {
        AssertRefused(NotExecuted.EnvelopeRefused, _world.Apply(Older(Store)));
        _world.Apply(ClusterWorld.Plain(Alice, ClusterWorld.System, ClusterWorld.Call("set_older_envelopes", [1]), 100_000_000));
        AssertRefused(NotExecuted.EnvelopeRefused, _world.Apply(Older(Store)));
        _world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call("set_older_envelopes", [1]), 100_000_000));
        AssertExecuted(_world.Apply(Older(Store)));
        AssertRefused(NotExecuted.NotOpened, _world.Apply(Older(Store, ClusterWorld.System)));
        _world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call("set_older_envelopes", [0]), 100_000_000));
        AssertRefused(NotExecuted.EnvelopeRefused, _world.Apply(Older(Store)));
    }

    [Fact]
    public void The_chain_itself_commands_without_gas_as_the_system_contract()
    {
        byte[] call = ClusterWorld.Call(SystemContract.ChangeDeposit, ClusterWorld.Vault.AsSpan().ToArray(), new byte[16]);
        Message message = ClusterWorld.Plain(Alice, ClusterWorld.System, call) with { Sender = ClusterWorld.Pallet };
        AssertExecuted(_world.Apply(message));
        AssertRefused(NotExecuted.EnvelopeRefused, _world.Apply(_world.Sealed(Alice, ClusterWorld.System, call) with { Sender = ClusterWorld.Pallet }));
    }

    private Message Refused(NotExecuted reason) => reason switch
    {
        NotExecuted.Malformed => _world.Sealed(Alice, ClusterWorld.Vault, Store) with { Payload = [9] },
        NotExecuted.UnknownContract => _world.Sealed(Alice, ClusterWorld.Genesis, Store),
        NotExecuted.WrongEpoch => ClusterWorld.Message(Alice, ClusterWorld.Vault, new CommandPayload.Sealed(_world.Seal(Alice, ClusterWorld.Vault, Body()) with { Epoch = 1 })),
        NotExecuted.NotOpened => ClusterWorld.Message(Alice, ClusterWorld.Vault, new CommandPayload.Sealed(_world.Seal(Bob, ClusterWorld.Vault, Body()))),
        NotExecuted.Expired => _world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: 0),
        NotExecuted.ExpiresTooLate => _world.Sealed(Alice, ClusterWorld.Vault, Store, expiry: ulong.MaxValue),
        NotExecuted.NonceUsed => Used(),
        NotExecuted.EnvelopeRefused => Older(Store),
        NotExecuted.SenderRefused => _world.Sealed(Alice, ClusterWorld.Vault, Store) with { Sender = new MessageOrigin.Worker(default) },
        _ => _world.Sealed(Bob, ClusterWorld.Vault, Store),
    };

    /// <summary>A command whose nonce was used by one that did nothing.</summary>
    private Message Used()
    {
        byte[] nonce = ClusterWorld.Bytes("used");
        _world.Apply(_world.Sealed(Alice, ClusterWorld.Vault, [], nonce: nonce));
        return _world.Sealed(Alice, ClusterWorld.Vault, Store, nonce: nonce);
    }

    private Message Older(byte[] call, Hash256? sealedFor = null)
    {
        using Sr25519KeyPair contract = _world.Secrets[0].DeriveContractIdentity(sealedFor ?? ClusterWorld.Vault), own = Sr25519KeyPair.FromSeed(_world.Draw());
        InkCommand command = new InkCommand.InkMessage([.. new byte[32]], Vec.Create<byte>(call), 0, ClusterWorld.Gas, default);
        Assert.Equal(EnvelopeError.None, LegacyEnvelope.Seal(own, contract.PublicKey, default, Scale.Encode(command), out EncryptedData? data));
        return ClusterWorld.Message(Alice, ClusterWorld.Vault, new CommandPayload.Encrypted(data!));
    }

    private static CommandBody Body() => new(Vec.Create<byte>(Store), 0, ClusterWorld.Gas, default, default);

    private static Receipt Single(EntryResult result) => Assert.Single(result.Report!.Receipts.ToArray());

    private static void AssertExecuted(EntryResult result) => Assert.IsType<ReceiptStatus.Executed>(Single(result).Status);

    private static void AssertRefused(NotExecuted reason, EntryResult result) => Assert.Equal(new ReceiptStatus.NotExecuted(reason), Single(result).Status);
}
