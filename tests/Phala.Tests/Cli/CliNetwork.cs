using Phala.Cli.Dev;
using Phala.Cli.Output;
using Phala.Client.Transactions;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>A network of real processes for all commands, with a secret of Alice's in its vault.</summary>
public sealed class CliNetwork : IAsyncLifetime
{
    private const ulong BlockMilliseconds = 250, DepositPerItem = 1_000_000_000, DepositPerByte = 10_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("phala-cli-test-").FullName;
    private DevNetwork? _network;

    internal DevNetwork Dev => _network!;

    /// <summary>Where the receipt of Alice's command is.</summary>
    public string Receipt => PathOf("shared.receipt");

    /// <summary>The place of Alice's command in the queue.</summary>
    public string Message { get; private set; } = "";

    /// <summary>The chain's first block.</summary>
    public string Genesis => $"{Dev.Chain.Genesis}";

    /// <summary>An address of a development account.</summary>
    public static string AddressOf(string name)
    {
        using AccountSigner account = AccountSigner.Development(name);
        return Ss58.Encode(account.Account.AsSpan(), FrameSystem.Ss58Prefix);
    }

    /// <summary>A file of the tests'.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Types a command that talks to the network.</summary>
    internal Task<CliRun> RunAsync(params string[] arguments) => CliRun.OfAsync([.. arguments, "--node", $"{Dev.Ports.Node}"]);

    public async ValueTask InitializeAsync()
    {
        _network = await DevNetwork.StartAsync(new DevOptions(1, BlockMilliseconds, null, IsOnce: true, DepositPerItem, DepositPerByte), new DevStages(Transcript.None, TimeProvider.System), TestContext.Current.CancellationToken);
        CliRun stored = (await RunAsync("vault", "store", "shared", "1234", "--from", "//Alice", "--receipt", Receipt, "--json")).Ended(0);
        Message = stored.Text("message");
    }

    public async ValueTask DisposeAsync()
    {
        if (_network is not null) await _network.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
