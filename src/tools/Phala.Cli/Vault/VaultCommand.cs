using System.CommandLine;
using System.Text;
using Phala.Chain;
using Phala.Cli.Contracts;
using Phala.Cli.Output;
using Phala.Cli.Receipts;
using Phala.Cli.Transactions;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Terminal.Keys;

namespace Phala.Cli.Vault;

/// <summary><c>phala vault</c>: the contract that every cluster has code for: secrets under names, and who else may read them.</summary>
internal static class VaultCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("vault", "Keeps secrets in a confidential contract, and lets others read them.") { Store(), Grant(), Revoke(), Remove(), Read(), List(), Readers() };

    private static Command Store()
    {
        Argument<string> name = Name(), secret = new("secret") { Description = "The secret; '-' reads it from standard input.", Arity = ArgumentArity.ZeroOrOne };
        System.CommandLine.Option<FileInfo?> receipt = ReceiptOption();
        return Of("store", "Keeps a secret under a name.", [name, secret], [receipt], (line, vault, account, stop) =>
        {
            string? problem = SecretInput.TryRead(line.GetValue(secret), line.InvocationConfiguration.Error, out string text);
            return problem is null
                ? SendAsync(line, receipt, () => vault.StoreAsync(account, line.GetRequiredValue(name), Encoding.UTF8.GetBytes(text), stop), stop)
                : Task.FromResult(Failure.Report(line, problem));
        });
    }

    private static Command Grant() => OfReader("grant", "Lets an account read a secret.", (vault, owner, name, reader, stop) => vault.GrantAsync(owner, name, reader, stop));

    private static Command Revoke() => OfReader("revoke", "Lets an account read a secret no longer. What it has read, it has read.", (vault, owner, name, reader, stop) => vault.RevokeAsync(owner, name, reader, stop));

    private static Command Remove()
    {
        Argument<string> name = Name();
        System.CommandLine.Option<FileInfo?> receipt = ReceiptOption();
        return Of("remove", "Forgets a secret.", [name], [receipt], (line, vault, account, stop) => SendAsync(line, receipt, () => vault.RemoveAsync(account, line.GetRequiredValue(name), stop), stop));
    }

    private static Command Read()
    {
        Argument<string> name = Name();
        System.CommandLine.Option<string?> owner = new("--owner") { Description = "Whose it is. [default: the account that reads]" };
        return Of("read", "Reads a secret by an encrypted query, and verifies the answer.", [name], [owner], async (line, vault, account, stop) =>
        {
            AccountId whose = account.Account;
            if (line.GetValue(owner) is { } text && TryReadAccount(text, out whose) is { } problem) return Failure.Report(line, problem);
            VaultAnswer<Vec<byte>> answer = (await vault.ReadAsync(account, whose, line.GetRequiredValue(name), stop).ConfigureAwait(false)).Require();
            return Print(line, answer, value => [("secret", Encoding.UTF8.GetString(value.AsSpan()))]);
        });
    }

    private static Command List() => Of("list", "Names the account's secrets.", [], [], async (line, vault, account, stop) =>
    {
        Vec<string> names = (await vault.ListAsync(account, stop).ConfigureAwait(false)).Require();
        Answer.Print(line.InvocationConfiguration.Output, IsJson(line), ["name"], [.. names.ToArray().Select(name => new[] { name })], "The account has no secrets.");
        return ExitCode.Good;
    });

    private static Command Readers()
    {
        Argument<string> name = Name();
        return Of("readers", "Names those who may read a secret.", [name], [], async (line, vault, account, stop) =>
        {
            VaultAnswer<Vec<AccountId>> answer = (await vault.ReadersAsync(account, line.GetRequiredValue(name), stop).ConfigureAwait(false)).Require();
            return Print(line, answer, readers => [("readers", string.Join(' ', readers.ToArray().Select(reader => Ss58.Encode(reader.AsSpan(), FrameSystem.Ss58Prefix))))]);
        });
    }

    private static Command OfReader(string name, string description, Func<VaultClient, AccountSigner, string, AccountId, CancellationToken, Task<ClientResult<VerifiedReceipt>>> send)
    {
        Argument<string> secret = Name(), reader = new("reader") { Description = "The account's address." };
        System.CommandLine.Option<FileInfo?> receipt = ReceiptOption();
        return Of(name, description, [secret, reader], [receipt], (line, vault, account, stop) => TryReadAccount(line.GetRequiredValue(reader), out AccountId who) is { } problem
            ? Task.FromResult(Failure.Report(line, problem))
            : SendAsync(line, receipt, () => send(vault, account, line.GetRequiredValue(secret), who, stop), stop));
    }

    private static Command Of(
        string name, string description, Argument[] arguments, Option[] more, Func<ParseResult, VaultClient, AccountSigner, CancellationToken, Task<int>> work)
    {
        ContractOptions options = new();
        SignerOptions signer = new("The account");
        Command command = new(name, description);
        foreach (Argument argument in arguments) command.Arguments.Add(argument);
        signer.AddTo(command);
        foreach (Option option in more) command.Options.Add(option);
        options.AddTo(command);
        command.SetAction(async (line, stop) =>
        {
            string? problem = signer.TryOpen(line, out AccountSigner? account);
            if (account is null) return Failure.Report(line, problem);
            using (account) return await options.WithContractAsync(line, contract => work(line, new VaultClient(contract), account, stop), stop).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> SendAsync(ParseResult line, System.CommandLine.Option<FileInfo?> file, Func<Task<ClientResult<VerifiedReceipt>>> send, CancellationToken stop)
    {
        if (OutputFile.TryOpen(line.GetValue(file), out OutputFile? target) is { } problem) return Failure.Report(line, problem);
        using OutputFile output = target!;
        VerifiedReceipt receipt = (await send().ConfigureAwait(false)).Require();
        await output.WriteAsync(receipt.File.ToBytes(), stop).ConfigureAwait(false);
        string result = VaultClient.ErrorOf(receipt)?.ToString() ?? receipt.Outcome?.Status.ToString() ?? ReceiptText.Of(receipt.Receipt.Status);
        Answer.Print(line.InvocationConfiguration.Output, IsJson(line),
        [
            ("result", result),
            .. ReceiptText.Fields(receipt),
        ]);
        return receipt.IsSuccess ? ExitCode.Good : ExitCode.Refused;
    }

    private static int Print<T>(ParseResult line, VaultAnswer<T> answer, Func<T, (string, string)[]> fields)
    {
        (string, string)[] told = answer.Error is { } error ? [("refused", error.ToString())] : fields(answer.Value!);
        Answer.Print(line.InvocationConfiguration.Output, IsJson(line),
        [
            .. told,
            .. Witness.Of(answer.Answer),
        ]);
        return answer.Error is null ? ExitCode.Good : ExitCode.Refused;
    }

    private static string? TryReadAccount(string text, out AccountId account)
    {
        string? problem = AddressText.TryRead(text, out byte[] bytes);
        account = problem is null ? new AccountId(bytes) : default;
        return problem;
    }

    private static Argument<string> Name() => new("name") { Description = "The secret's name." };

    private static System.CommandLine.Option<FileInfo?> ReceiptOption() => new("--receipt") { Description = "A file for the receipt, which 'phala verify receipt' reads." };

    private static bool IsJson(ParseResult line) => line.GetValue<bool>("--json");
}
