using System.CommandLine;
using Phala.Cli.Clusters;
using Phala.Cli.Contracts;
using Phala.Cli.Dev;
using Phala.Cli.Receipts;
using Phala.Cli.Transactions;
using Phala.Cli.Vault;
using Phala.Cli.Workers;
using Phala.Terminal.Keys;

namespace Phala.Cli;

/// <summary>The tool's commands, all in one place.</summary>
public static class PhalaCommand
{
    /// <summary>The root of the command tree.</summary>
    public static RootCommand Create() => new("Phala: trustless confidential computing. 'phala dev' runs a whole network and shows what it does.")
    {
        DevCommand.Create(),
        new Command("key", "Makes and inspects keys, signs messages and verifies signatures. Works without a network.")
        {
            GenerateKeyCommand.Create(),
            InspectKeyCommand.Create(),
            SignCommand.Create(),
            VerifyCommand.Create(),
        },
        WorkerCommand.Create(),
        ClusterCommand.Create(),
        TransactionCommand.Create(),
        VaultCommand.Create(),
        ContractCommand.Create(),
        QueryCommand.Create(),
        ReceiptCommand.Create(),
        Verify.VerifyCommand.Create(),
        Attack.AttackCommand.Create(),
        CompletionCommand.Create(),
    };
}
