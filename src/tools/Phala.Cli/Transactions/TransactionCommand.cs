using System.CommandLine;
using System.Globalization;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Cli.Chain;
using Phala.Cli.Dev;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Terminal.Keys;
using Phala.Trie;

namespace Phala.Cli.Transactions;

/// <summary><c>phala tx</c>: transactions of the chain.</summary>
internal static class TransactionCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("tx", "Transactions: sends tokens, submits what was signed elsewhere.") { Transfer(), Deposit(), Submit() };

    private static Command Transfer()
    {
        ChainOptions options = new();
        SignerOptions signer = new("Who pays");
        Argument<string> to = new("to") { Description = "The address." };
        Argument<string> amount = new("amount") { Description = "How many PHA, such as 1.5." };
        Command command = new("transfer", "Sends tokens, and waits until that is final.") { to, amount };
        signer.AddTo(command);
        options.AddTo(command);
        command.SetAction((line, stop) =>
        {
            string? problem = AddressText.TryRead(line.GetRequiredValue(to), out byte[] account);
            if (problem is not null) return Task.FromResult(Failure.Report(line, problem));
            if (!Amount.TryRead(line.GetRequiredValue(amount), out UInt128 units)) return Task.FromResult(Failure.Report(line, "An amount is a number of PHA with up to 12 decimals, such as 1.5."));
            problem = signer.TryOpen(line, out AccountSigner? key);
            if (key is null) return Task.FromResult(Failure.Report(line, problem));
            return SendAsync(line, options, key, RuntimeCall.Of(new Balances.TransferKeepAlive(MultiAddress.Id(new AccountId(account)), units)), stop);
        });
        return command;
    }

    private static Command Deposit()
    {
        ChainOptions options = new();
        SignerOptions signer = new("Who pays, and has the tokens in the cluster then");
        Argument<string> amount = new("amount") { Description = "How many PHA, such as 1.5." };
        System.CommandLine.Option<string?> cluster = new("--cluster") { Description = "The cluster's id. [default: the chain's first]" };
        Command command = new("deposit", "Moves tokens into a cluster: commands to contracts are paid with them.") { amount, cluster };
        signer.AddTo(command);
        options.AddTo(command);
        command.SetAction((line, stop) =>
        {
            Hash256 id = DevVault.Cluster;
            if (line.GetValue(cluster) is { } text && !HashText.TryRead(text, out id)) return Task.FromResult(Failure.Report(line, "A cluster's id is 32 bytes in hexadecimal."));
            if (!Amount.TryRead(line.GetRequiredValue(amount), out UInt128 units)) return Task.FromResult(Failure.Report(line, "An amount is a number of PHA with up to 12 decimals, such as 1.5."));
            string? problem = signer.TryOpen(line, out AccountSigner? key);
            return key is null
                ? Task.FromResult(Failure.Report(line, problem))
                : SendAsync(line, options, key, RuntimeCall.Of(new PhalaPhatContracts.TransferToCluster(units, id, key.Account)), stop);
        });
        return command;
    }

    private static Command Submit()
    {
        ChainOptions options = new();
        Argument<string> extrinsic = new("extrinsic") { Description = "The signed transaction in hexadecimal, as wallets export it." };
        Command command = new("submit", "Submits a signed transaction, and waits until it is final.") { extrinsic };
        options.AddTo(command);
        command.SetAction((line, stop) =>
        {
            if (!Hex.TryParse(line.GetRequiredValue(extrinsic), out byte[] bytes)) return Task.FromResult(Failure.Report(line, "A transaction is hexadecimal digits after 0x."));
            DecodeResult<OpaqueExtrinsic> decoded = Scale.Decode<OpaqueExtrinsic>(bytes);
            if (!decoded.IsOk) return Task.FromResult(Failure.Report(line, $"This is no transaction: {decoded.Error}."));
            return options.WithChainAsync(line, chain => WatchAsync(chain, decoded.Value, line.InvocationConfiguration.Output, options.IsJson(line), stop), stop);
        });
        return command;
    }

    private static async Task<int> SendAsync(ParseResult line, ChainOptions options, AccountSigner key, RuntimeCall call, CancellationToken stop)
    {
        using (key)
        {
            return await options.WithChainAsync(line, async chain =>
            {
                OpaqueExtrinsic signed = (await chain.Transactions.SignAsync(key, call, stop: stop).ConfigureAwait(false)).Require();
                return await WatchAsync(chain, signed, line.InvocationConfiguration.Output, options.IsJson(line), stop).ConfigureAwait(false);
            }, stop).ConfigureAwait(false);
        }
    }

    private static async Task<int> WatchAsync(ChainClient chain, OpaqueExtrinsic transaction, TextWriter output, bool isJson, CancellationToken stop)
    {
        TransactionWatch watch = (await chain.Transactions.WatchAsync(transaction, stop).ConfigureAwait(false)).Require();
        await using (watch.ConfigureAwait(false))
        {
            TransactionResult result = (await watch.FinalizedAsync(stop).ConfigureAwait(false)).Require();
            UInt128 fee = result.EventsOf<TransactionPayment.TransactionFeePaid>().Select(paid => paid.ActualFee).FirstOrDefault();
            Answer.Print(output, isJson,
            [
                ("transaction", watch.Hash.ToString()),
                ("block", result.Block.ToString()),
                ("index", result.Index.ToString(CultureInfo.InvariantCulture)),
                ("fee", Amount.Text(fee)),
                ("result", result.ErrorName ?? "ok"),
            ]);
            return result.IsSuccess ? ExitCode.Good : ExitCode.Refused;
        }
    }
}
