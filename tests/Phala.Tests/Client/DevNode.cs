using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Chain;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Node.Host;
using Phala.Node.Options;
using Phala.Node.Rpc;
using Phala.Node.Storage;
using Phala.Tests.Node.Storage;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>A development node in this process with short slots, for the tests of a class.</summary>
public sealed class DevNode : IAsyncLifetime
{
    private const int MostBlocks = 300;

    private readonly TemporaryDirectory _directory = new();
    private NodeHost? _node;

    /// <summary>How many states the node keeps; null for all.</summary>
    public uint? StatePruning { get; init; } = 256;

    public Uri Address => new($"ws://{_node!.Rpc.EndPoint}/");

    public async Task<ChainClient> ConnectAsync(ClientOptions? options = null) => (await ChainClient.ConnectAsync(Address, options, TestContext.Current.CancellationToken)).Require();

    /// <summary>Looks at each final block until something is so, which it has to be before very many.</summary>
    public static async Task UntilAsync(ChainClient chain, Func<bool> isSo)
    {
        await using ClientSubscription<Header> heads = (await chain.Blocks.SubscribeAsync(HeadKind.Finalized, TestContext.Current.CancellationToken)).Require();
        for (int blocks = 0; !isSo(); blocks++)
        {
            Assert.True(blocks < MostBlocks, $"It is not so after {blocks} blocks.");
            Assert.True((await heads.NextAsync(TestContext.Current.CancellationToken)).IsOk);
        }
    }

    public async ValueTask InitializeAsync()
    {
        NodeOptions options = new()
        {
            BasePath = _directory.Path,
            IsDevelopment = true,
            IsValidator = true,
            KeyUris = ["//Alice"],
            BlockMilliseconds = 100,
            Metrics = null,
            Storage = new StorageOptions { StatePruning = StatePruning },
            Rpc = new RpcOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) },
        };
        (_node, string? problem) = await NodeHost.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System);
        Assert.True(_node is not null, problem);
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
        _directory.Dispose();
    }
}
