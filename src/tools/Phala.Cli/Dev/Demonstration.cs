using System.Globalization;
using System.Text.Json.Nodes;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;

namespace Phala.Cli.Dev;

/// <summary>What a network is for, shown: an auction of sealed bids. Bob and Charlie bid, nobody learns what, and when it is over everybody learns who won; beside it what the host of a worker could see.</summary>
/// <param name="network">The network.</param>
/// <param name="transcript">Where it goes.</param>
internal sealed class Demonstration(DevNetwork network, Transcript transcript)
{
    private const int BytesShown = 12;
    private const string Item = "a lamp";
    private const ulong BobsBid = 120, CharliesBid = 150;

    /// <summary>For how many blocks bids are taken, and how long at least.</summary>
    private const int Blocks = 12;

    /// <summary>For how many blocks its end is waited for.</summary>
    private const int MostBlocks = 600;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>Shows it.</summary>
    /// <returns>Whether everything was as it should be.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, stop).ConfigureAwait(false)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        using AccountSigner bob = AccountSigner.Development("Bob"), charlie = AccountSigner.Development("Charlie"), eve = AccountSigner.Development("Eve");
        TimeSpan duration = TimeSpan.FromMilliseconds(network.Options.BlockMilliseconds * Blocks);
        if (duration < Shortest) duration = Shortest;

        await transcript.SayAsync(string.Create(CultureInfo.InvariantCulture, $"Alice auctions {Item} by a contract written in C#. Sealed bids are taken for {duration.TotalSeconds:F0} s.")).ConfigureAwait(false);
        ClientResult<DevAuction> begun = await DevAuction.BeginAsync(cluster, network.Alice, Item, duration, stop).ConfigureAwait(false);
        if (!begun.TryGet(out DevAuction? auction, out ClientFailure? failure))
        {
            await FailAsync("command", "Alice", "new", failure).ConfigureAwait(false);
            return false;
        }

        bool good = await BidAsync(auction, ("Bob", bob, BobsBid), ("Charlie", charlie, CharliesBid), stop).ConfigureAwait(false);
        good &= await AskAsync(auction, "Eve", eve, "winner", "StillOpen", stop).ConfigureAwait(false);
        good &= await AskAsync(auction, "Bob", bob, "my_bid", Amount(BobsBid), stop).ConfigureAwait(false);
        good &= await AskAsync(auction, "Eve", eve, "my_bid", Amount(0), stop).ConfigureAwait(false);
        await transcript.SayAsync("\nUntil the end nobody learns more.").ConfigureAwait(false);
        if (await auction.UntilAsync(network.Alice, "settle", MostBlocks, stop).ConfigureAwait(false) is { } trouble) await FailAsync("command", "Alice", "settle", trouble).ConfigureAwait(false);
        good &= await CommandAsync("Alice", "settle()", () => auction.SendAsync(network.Alice, "settle", 0, stop)).ConfigureAwait(false);
        good &= await AskAsync(auction, "Eve", eve, "winner", Ss58.Encode(charlie.Account.AsSpan(), FrameSystem.Ss58Prefix), stop, "Charlie").ConfigureAwait(false);
        await transcript.SayAsync(good ? "\nEverything was as it should be." : "\nSomething was not as it should be.").ConfigureAwait(false);
        return good;
    }

    /// <summary>Both bid at once: there is not much time.</summary>
    private async Task<bool> BidAsync(DevAuction auction, (string Name, AccountSigner Account, ulong Amount) one, (string Name, AccountSigner Account, ulong Amount) other, CancellationToken stop)
    {
        Task<ClientResult<VerifiedReceipt>> first = auction.SendAsync(one.Account, "bid", one.Amount * (UInt128)Balances.Pha, stop), second = auction.SendAsync(other.Account, "bid", other.Amount * (UInt128)Balances.Pha, stop);
        bool good = await CommandAsync(one.Name, $"bid() with {one.Amount} PHA", () => first).ConfigureAwait(false);
        return await CommandAsync(other.Name, $"bid() with {other.Amount} PHA", () => second).ConfigureAwait(false) && good;
    }

    private async Task<bool> CommandAsync(string name, string what, Func<Task<ClientResult<VerifiedReceipt>>> send)
    {
        await transcript.SayAsync($"\n  {name}: {what}").ConfigureAwait(false);
        ClientResult<VerifiedReceipt> sent = await send().ConfigureAwait(false);
        if (!sent.TryGet(out VerifiedReceipt? receipt, out ClientFailure? failure))
        {
            await FailAsync("command", name, what, failure).ConfigureAwait(false);
            return false;
        }

        await SeenAsync($"message {receipt.Receipt.Id.Index} of entry {receipt.Receipt.Id.Count}, {Sealed("a receipt", receipt.Receipt.Sealed.AsSpan())}").ConfigureAwait(false);
        await transcript.SayAsync($"    receipt: {receipt.Outcome?.Status.ToString() ?? "not opened"}, reported by the cluster in final block {receipt.Block.Number}: verified").ConfigureAwait(false);
        await transcript.NoteAsync(
            "command", ("account", name), ("call", what), ("entry", receipt.Receipt.Id.Count), ("index", receipt.Receipt.Id.Index), ("sealedBytes", receipt.Receipt.Sealed.Length),
            ("outcome", receipt.Outcome?.Status.ToString()), ("block", receipt.Block.Number), ("isGood", receipt.IsSuccess)).ConfigureAwait(false);
        return receipt.IsSuccess;
    }

    /// <summary>Asks, and looks whether the answer says what it should.</summary>
    private async Task<bool> AskAsync(DevAuction auction, string name, AccountSigner caller, string message, string expected, CancellationToken stop, string? alias = null)
    {
        string call = $"{message}()";
        await transcript.SayAsync($"\n  {name}: {call}").ConfigureAwait(false);
        ClientResult<(VerifiedAnswer Answer, JsonNode? Value)> asked = await auction.AskAsync(caller, message, stop).ConfigureAwait(false);
        if (!asked.TryGet(out (VerifiedAnswer Answer, JsonNode? Value) told, out ClientFailure? failure))
        {
            await FailAsync("query", name, call, failure).ConfigureAwait(false);
            return false;
        }

        await SeenAsync($"{Sealed("a query", told.Answer.SealedQuery.Span)}, {Sealed("an answer", told.Answer.SealedAnswer.Span)}").ConfigureAwait(false);
        string said = Text(told.Value!), shown = alias is null ? said : said.Replace(expected, alias, StringComparison.Ordinal);
        string age = string.Create(CultureInfo.InvariantCulture, $"{told.Answer.Age.TotalSeconds:F1} s old, {told.Answer.Anchoring}");
        await transcript.SayAsync($"    answer: {shown} ({age}): verified").ConfigureAwait(false);
        bool isGood = said.Contains(expected, StringComparison.Ordinal);
        await transcript.NoteAsync(
            "query", ("account", name), ("call", call), ("queryBytes", told.Answer.SealedQuery.Length), ("answerBytes", told.Answer.SealedAnswer.Length), ("answer", shown),
            ("ageSeconds", Math.Round(told.Answer.Age.TotalSeconds, 3)), ("state", told.Answer.Anchoring.ToString()), ("isGood", isGood)).ConfigureAwait(false);
        return isGood;
    }

    private async Task FailAsync(string kind, string name, string call, ClientFailure failure)
    {
        await transcript.SayAsync($"    failed: {failure}").ConfigureAwait(false);
        await transcript.NoteAsync(kind, ("account", name), ("call", call), ("failed", failure.ToString()), ("isGood", false)).ConfigureAwait(false);
    }

    private Task SeenAsync(string what) => transcript.SayAsync($"    the host saw: {what}");

    private static string Amount(ulong pha) => (pha * (UInt128)Balances.Pha).ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonNode value) => value is JsonValue text && text.TryGetValue(out string? plain) ? plain : value.ToJsonString();

    private static string Sealed(string what, ReadOnlySpan<byte> bytes) => $"{what} of {bytes.Length.ToString(CultureInfo.InvariantCulture)} sealed bytes …{Hex.Format(bytes[^Math.Min(bytes.Length, BytesShown)..])[2..]}";
}
