using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Native;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>The vault against a plain one, through random commands: the same outcomes, the same answers to everybody.</summary>
public sealed class VaultModelTests
{
    private static readonly AccountId[] People = [.. Enumerable.Range(0, 4).Select(number => ClusterWorld.Account($"person {number}"))];
    private static readonly string[] Names = ["", "a", "b", "ä", new string('n', 128), new string('n', 129)];
    private static readonly X25519KeyPair Reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));

    [Fact]
    public void The_vault_does_what_a_plain_one_does()
    {
        HashSet<string> seen = [];
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            ClusterWorld world = new ClusterWorld().Begin();
            VaultModel model = new();
            for (int entry = 0; entry < 12; entry++)
            {
                (byte[] Call, AccountId Caller, VaultError? Expected)[] steps = [.. Enumerable.Range(0, random.Next(8)).Select(_ => Step(random, model))];
                Message[] messages = [.. steps.Select(step => random.Next(3) == 0 ? ClusterWorld.Plain(step.Caller, ClusterWorld.Vault, step.Call) : world.Sealed(step.Caller, ClusterWorld.Vault, step.Call, Reply))];
                EntryResult result = world.Apply(messages);
                for (int at = 0; at < steps.Length; at++) CheckReceipt(result.Report!.Receipts[at], steps[at].Expected, seen);
                CheckAnswers(world, model);
            }
        }

        Assert.Equal(["", .. Enum.GetNames<VaultError>().Except([nameof(VaultError.NotAllowed), nameof(VaultError.TooManyReaders)]).Order(StringComparer.Ordinal)], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_secret_has_a_bounded_number_of_readers()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        world.Apply(ClusterWorld.Plain(People[0], ClusterWorld.Vault, ClusterWorld.Call("store", ClusterWorld.Text("a"), ClusterWorld.Sequence([]))));
        Message Grant(int reader) => world.Sealed(People[0], ClusterWorld.Vault, ClusterWorld.Call("grant", ClusterWorld.Text("a"), ClusterWorld.Account($"reader {reader}").AsSpan().ToArray()), Reply);
        Vec<Receipt> receipts = world.Apply([.. Enumerable.Range(0, VaultContract.MostReaders + 1).Select(Grant), Grant(3)]).Report!.Receipts;
        HashSet<string> seen = [];
        for (int at = 0; at < VaultContract.MostReaders; at++) CheckReceipt(receipts[at], null, seen);
        CheckReceipt(receipts[VaultContract.MostReaders], VaultError.TooManyReaders, seen);
        CheckReceipt(receipts[VaultContract.MostReaders + 1], null, seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Input_that_is_no_message_reverts_as_ink_contracts_do(int kind)
    {
        ClusterWorld world = new ClusterWorld().Begin();
        string[] labels = ["store", "grant", "revoke", "remove", "read", "list", "readers", "new"];
        foreach (string label in labels)
        {
            byte[] call = kind switch { 0 => ClusterWorld.Call(label)[..3], 1 => [.. ClusterWorld.Call(label), 255, 255], _ => [.. ClusterWorld.Call(label), 4, 65, .. new byte[99]] };
            Assert.Equal([1, 1], VaultTests.Ask(world, People[0], ClusterWorld.Vault, call));
        }
    }

    private static (byte[], AccountId, VaultError?) Step(Random random, VaultModel model)
    {
        AccountId caller = People[random.Next(People.Length)], other = People[random.Next(People.Length)];
        string name = Names[random.Next(Names.Length)];
        byte[] secret = new byte[random.Next(20) == 0 ? VaultContract.LongestSecret + random.Next(2) : random.Next(50)];
        random.NextBytes(secret);
        byte[] text = ClusterWorld.Text(name), reader = other.AsSpan().ToArray();
        return random.Next(6) switch
        {
            0 => (ClusterWorld.Call("remove", text), caller, model.Remove(caller, name)),
            1 => (ClusterWorld.Call("revoke", text, reader), caller, model.Revoke(caller, name, other)),
            2 or 3 => (ClusterWorld.Call("grant", text, reader), caller, model.Grant(caller, name, other)),
            _ => (ClusterWorld.Call("store", text, ClusterWorld.Sequence(secret)), caller, model.Store(caller, name, secret)),
        };
    }

    private static void CheckReceipt(Receipt receipt, VaultError? expected, HashSet<string> seen)
    {
        Assert.IsType<ReceiptStatus.Executed>(receipt.Status);
        if (receipt.Sealed.Length == 0) return;
        ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), Reply, receipt, out SealedOutcome? opened);
        Outcome outcome = Assert.IsType<SealedOutcome.Whole>(opened).Outcome;
        Assert.Equal(expected is null ? OutcomeStatus.Succeeded : OutcomeStatus.Reverted, outcome.Status);
        Assert.Equal(expected is { } error ? [0, 1, (byte)error] : [0, 0], outcome.Output.ToArray());
        seen.Add($"{expected}");
    }

    private static void CheckAnswers(ClusterWorld world, VaultModel model)
    {
        foreach (AccountId owner in People)
        {
            Assert.Equal([0, .. Scale.Encode<VecCodec<StringCodec, string>, Vec<string>>(Vec.Create<string>(model.List(owner)))], VaultTests.Ask(world, owner, ClusterWorld.Vault, ClusterWorld.Call("list")));
            foreach (string name in Names)
            {
                byte[] text = ClusterWorld.Text(name);
                byte[] readers = model.Readers(owner, name) is { } accounts ? [0, 0, .. Scale.Encode<VecCodec<AccountId, AccountId>, Vec<AccountId>>(Vec.Create<AccountId>(accounts))] : [0, 1, (byte)VaultError.NoSuchSecret];
                Assert.Equal(readers, VaultTests.Ask(world, owner, ClusterWorld.Vault, ClusterWorld.Call("readers", text)));
                foreach (AccountId caller in People)
                {
                    byte[] read = model.Read(caller, owner, name) is { } secret ? [0, 0, .. ClusterWorld.Sequence(secret)] : [0, 1, (byte)VaultError.NotAllowed];
                    Assert.Equal(read, VaultTests.Ask(world, caller, ClusterWorld.Vault, ClusterWorld.Call("read", owner.AsSpan().ToArray(), text)));
                }
            }
        }
    }
}
