using System.Globalization;
using System.Text;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.Worker.Interface.Contracts;

namespace Phala.Cli.Dev;

/// <summary>What a network is for, shown: Alice stores a secret, lets Bob read it, Bob reads it and Eve does not; beside it what the host of a worker could see.</summary>
/// <param name="network">The network.</param>
/// <param name="transcript">Where it goes.</param>
internal sealed class Demonstration(DevNetwork network, Transcript transcript)
{
    private const int BytesShown = 12;
    private const string Name = "answer", Secret = "the answer is 42";

    /// <summary>Shows it.</summary>
    /// <returns>Whether everything was as it should be.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, stop).ConfigureAwait(false)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        VaultClient vault = new(cluster.Contract(DevVault.Id));
        using AccountSigner bob = AccountSigner.Development("Bob"), eve = AccountSigner.Development("Eve");

        await transcript.SayAsync("Alice stores a secret in the vault, for Bob.").ConfigureAwait(false);
        bool good = await CommandAsync($"store(\"{Name}\", \"{Secret}\")", () => vault.StoreAsync(network.Alice, Name, Encoding.UTF8.GetBytes(Secret), stop)).ConfigureAwait(false);
        good &= await CommandAsync($"grant(\"{Name}\", Bob)", () => vault.GrantAsync(network.Alice, Name, bob.Account, stop)).ConfigureAwait(false);
        good &= await ReadAsync("Bob", bob, vault, isAllowed: true, stop).ConfigureAwait(false);
        good &= await ReadAsync("Eve", eve, vault, isAllowed: false, stop).ConfigureAwait(false);
        await transcript.SayAsync(good ? "\nEverything was as it should be." : "\nSomething was not as it should be.").ConfigureAwait(false);
        return good;
    }

    private async Task<bool> CommandAsync(string what, Func<Task<ClientResult<VerifiedReceipt>>> send)
    {
        await transcript.SayAsync($"\n  Alice: {what}").ConfigureAwait(false);
        ClientResult<VerifiedReceipt> sent = await send().ConfigureAwait(false);
        if (!sent.TryGet(out VerifiedReceipt? receipt, out ClientFailure? failure))
        {
            await FailAsync("command", "Alice", what, failure).ConfigureAwait(false);
            return false;
        }

        await SeenAsync($"message {receipt.Receipt.Id.Index} of entry {receipt.Receipt.Id.Count}, {Sealed("a receipt", receipt.Receipt.Sealed.AsSpan())}").ConfigureAwait(false);
        await transcript.SayAsync($"    receipt: {receipt.Outcome?.Status.ToString() ?? "not opened"}, reported by the cluster in final block {receipt.Block.Number}: verified").ConfigureAwait(false);
        await transcript.NoteAsync(
            "command", ("account", "Alice"), ("call", what), ("entry", receipt.Receipt.Id.Count), ("index", receipt.Receipt.Id.Index), ("sealedBytes", receipt.Receipt.Sealed.Length),
            ("outcome", receipt.Outcome?.Status.ToString()), ("block", receipt.Block.Number), ("isGood", receipt.IsSuccess)).ConfigureAwait(false);
        return receipt.IsSuccess;
    }

    private async Task<bool> ReadAsync(string name, AccountSigner reader, VaultClient vault, bool isAllowed, CancellationToken stop)
    {
        await transcript.SayAsync($"\n  {name}: read(Alice, \"{Name}\")").ConfigureAwait(false);
        ClientResult<VaultAnswer<Vec<byte>>> asked = await vault.ReadAsync(reader, network.Alice.Account, Name, stop).ConfigureAwait(false);
        if (!asked.TryGet(out VaultAnswer<Vec<byte>>? answer, out ClientFailure? failure))
        {
            await FailAsync("query", name, $"read(Alice, \"{Name}\")", failure).ConfigureAwait(false);
            return false;
        }

        await SeenAsync($"{Sealed("a query", answer.Answer.SealedQuery.Span)}, {Sealed("an answer", answer.Answer.SealedAnswer.Span)}").ConfigureAwait(false);
        string? secret = answer.Error is null ? Encoding.UTF8.GetString(answer.Value.AsSpan()) : null;
        string said = secret is null ? $"refused: {answer.Error}" : $"\"{secret}\"";
        string age = string.Create(CultureInfo.InvariantCulture, $"{answer.Answer.Age.TotalSeconds:F1} s old, {answer.Answer.Anchoring}");
        await transcript.SayAsync($"    answer: {said} ({age}): verified").ConfigureAwait(false);
        bool isGood = isAllowed ? secret == Secret : answer.Error == VaultError.NotAllowed;
        await transcript.NoteAsync(
            "query", ("account", name), ("call", $"read(Alice, \"{Name}\")"), ("queryBytes", answer.Answer.SealedQuery.Length), ("answerBytes", answer.Answer.SealedAnswer.Length), ("answer", secret),
            ("refused", answer.Error?.ToString()), ("ageSeconds", Math.Round(answer.Answer.Age.TotalSeconds, 3)), ("state", answer.Answer.Anchoring.ToString()), ("isGood", isGood)).ConfigureAwait(false);
        return isGood;
    }

    private async Task FailAsync(string kind, string name, string call, ClientFailure failure)
    {
        await transcript.SayAsync($"    failed: {failure}").ConfigureAwait(false);
        await transcript.NoteAsync(kind, ("account", name), ("call", call), ("failed", failure.ToString()), ("isGood", false)).ConfigureAwait(false);
    }

    private Task SeenAsync(string what) => transcript.SayAsync($"    the host saw: {what}");

    private static string Sealed(string what, ReadOnlySpan<byte> bytes) => $"{what} of {bytes.Length.ToString(CultureInfo.InvariantCulture)} sealed bytes …{Hex.Format(bytes[^Math.Min(bytes.Length, BytesShown)..])[2..]}";
}
