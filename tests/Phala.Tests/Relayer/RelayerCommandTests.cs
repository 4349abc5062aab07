using System.CommandLine;
using Phala.Client.Transactions;
using Phala.Relayer.Host;
using Phala.Relayer.Options;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Relayer;

/// <summary>The command line of <c>pherry</c>, as operators know it.</summary>
public sealed class RelayerCommandTests
{
    [Fact]
    public void What_the_options_say_the_relayer_is_told()
    {
        RelayerOptions usual = Read();
        Assert.Equal((new Uri("ws://127.0.0.1:9944"), 256, 1024, 4 << 20, 64u, UInt128.Zero), (usual.Node, usual.FetchEntries, usual.SyncEntries, usual.SyncBytes, usual.Longevity, usual.Tip));
        Assert.Equal([new WorkerEndpoint(new Uri("http://127.0.0.1:8000"), null)], usual.Workers);
        Assert.Equal(TimeSpan.FromSeconds(30), usual.LongestPause);
        Assert.Null(usual.Operator);

        using AccountSigner bob = AccountSigner.Development("Bob");
        RelayerOptions own = Read(
            "--substrate-ws-endpoint", "wss://node.example", "--pruntime-endpoint", "http://one:8000", "--pruntime-endpoint", "http://two:8000", "--public-endpoint", "https://one", "--public-endpoint", "https://two",
            "--operator", Phala.Crypto.Keys.Ss58.Encode(bob.Account.AsSpan(), 30), "--fetch-blocks", "1000", "--sync-blocks", "4", "--sync-bytes", "16", "--longevity", "4", "--tip", "7", "--restart-interval", "5");
        Assert.Equal((new Uri("wss://node.example"), 1000, 4, 16 << 10, 4u, (UInt128)7), (own.Node, own.FetchEntries, own.SyncEntries, own.SyncBytes, own.Longevity, own.Tip));
        Assert.Equal([new WorkerEndpoint(new Uri("http://one:8000"), new Uri("https://one")), new WorkerEndpoint(new Uri("http://two:8000"), new Uri("https://two"))], own.Workers);
        Assert.Equal((TimeSpan.FromSeconds(5), bob.Account), (own.LongestPause, own.Operator));
        Assert.Equal(new Uri("ws://other"), Read("--relaychain-ws-endpoint", "ws://other").Node);
    }

    [Theory]
    [InlineData("--auto-restart")]
    [InlineData("--start-header", "12")]
    [InlineData("--fast-sync")]
    [InlineData("--headers-cache-uri", "http://127.0.0.1:21111")]
    [InlineData("--parachain")]
    [InlineData("--collator-ws-endpoint", "ws://127.0.0.1:9977")]
    [InlineData("--attestation-provider", "dcap")]
    [InlineData("--pccs-url", "https://pccs.example")]
    public async Task An_option_that_decides_nothing_any_more_is_taken_and_it_is_said_why(params string[] option)
    {
        string said = await RunAsync(option);
        string warning = Assert.Single(said.Split('\n'), line => line.Contains("WARNING", StringComparison.Ordinal) && line.Contains("has no effect", StringComparison.Ordinal));
        Assert.Contains($"{option[0]} has no effect: ", warning, StringComparison.Ordinal);
        Assert.Contains($"| `{option[0]}`", File.ReadAllText(Repository.Path("docs/guides/operate-a-relayer.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_told_of_options_that_were_not_given()
    {
        string said = await RunAsync();
        Assert.Contains("pherry ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_is_in_the_guide()
    {
        string guide = File.ReadAllText(Repository.Path("docs/guides/operate-a-relayer.md"));
        Assert.All(new RelayerCommand().Root.Options.Where(option => option.Name is not ("--help" or "--version")), option => Assert.Contains($"`{option.Name}`", guide, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--longevity is a power of two", "--longevity", "5")]
    [InlineData("--sync-blocks", "--sync-blocks", "0")]
    [InlineData("--restart-interval", "--restart-interval", "0")]
    [InlineData("is no address", "--substrate-ws-endpoint", "http://127.0.0.1:9944")]
    [InlineData("one --public-endpoint for each", "--public-endpoint", "http://one", "--public-endpoint", "http://two")]
    [InlineData("sgx", "--attestation-provider", "sgx")]
    [InlineData("never", "--start-header", "never")]
    public void Wrong_options_are_refused(string expected, params string[] arguments) =>
        Assert.Contains(new RelayerCommand().Root.Parse(arguments).Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Pauses_become_longer_up_to_the_bound()
    {
        Timers timers = new();
        Backoff backoff = new(timers, TimeSpan.FromSeconds(5));
        for (int failed = 0; failed < 8; failed++) _ = backoff.WaitAsync(TestContext.Current.CancellationToken);
        double[] longest = [0.25, 0.5, 1, 2, 4, 5, 5, 5];
        Assert.Equal(longest.Length, timers.Waits.Count);
        Assert.All(timers.Waits.Zip(longest), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second / 2, pair.Second));
        backoff.Reset();
        _ = backoff.WaitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(timers.Waits[^1].TotalSeconds, 0.125, 0.25);
    }

    private static RelayerOptions Read(params string[] arguments)
    {
        RelayerCommand command = new();
        ParseResult line = command.Root.Parse([.. arguments, "--mnemonic", "//Alice"]);
        Assert.Empty(line.Errors);
        Assert.Null(command.TryRead(line, out RelayerOptions? options));
        options!.Signer.Dispose();
        return options;
    }

    /// <summary>What it writes when it is stopped at once.</summary>
    private static async Task<string> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        using CancellationTokenSource stopped = new();
        await stopped.CancelAsync();
        ParseResult line = RelayerCommand.Create().Parse([.. arguments, "--mnemonic", "//Alice", "--no-prometheus"]);
        Assert.Equal(0, await line.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, stopped.Token));
        return errors.ToString();
    }

    /// <summary>Notes how long is waited, and ends no wait.</summary>
    private sealed class Timers : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}
