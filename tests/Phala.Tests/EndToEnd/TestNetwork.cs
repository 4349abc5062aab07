using Phala.Chain;
using Phala.Cli.Dev;
using Phala.Cli.Output;
using Phala.Cli.Processes;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Transactions;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>A development network of real processes. Where a test fails, the last lines of each process are told.</summary>
internal static class TestNetwork
{
    private const ulong BlockMilliseconds = 250;
    private const int LinesShown = 15;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Does something with a network of its own.</summary>
    /// <param name="workers">How many workers it has.</param>
    /// <param name="test">What is done.</param>
    public static async Task RunAsync(int workers, Func<DevNetwork, Task> test)
    {
        await using DevNetwork network = await DevNetwork.StartAsync(new DevOptions(workers, BlockMilliseconds, null, IsOnce: true), new DevStages(Transcript.None, TimeProvider.System), Stop);
        try
        {
            await test(network);
        }
        catch
        {
            foreach (ChildProcess process in network.Processes.All)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"--- {process.Name}\n{string.Join('\n', process.LastLines(LinesShown))}");
            }

            throw;
        }
    }

    /// <summary>Looks at each new head until something is so, over connections that may end at any time.</summary>
    /// <param name="network">The network.</param>
    /// <param name="kind">Of which heads.</param>
    /// <param name="look">Whether it is so. Where a connection ends, it is asked again at the next head.</param>
    public static async Task UntilAsync(DevNetwork network, HeadKind kind, Func<ChainClient, Header, Task<bool>> look)
    {
        while (true)
        {
            try
            {
                await using ChainClient chain = await network.ConnectAsync(Stop);
                await using ClientSubscription<Header> heads = (await chain.Blocks.SubscribeAsync(kind, Stop)).Require();
                while (!await look(chain, (await heads.NextAsync(Stop)).Require()))
                {
                }

                return;
            }
            catch (ClientException lost) when (lost.Failure.Error is ClientError.Closed or ClientError.Unreachable or ClientError.Timeout)
            {
            }
        }
    }

    /// <summary>Sends a call and requires that it does what it should.</summary>
    public static async Task<TransactionResult> SendAsync<T>(DevNetwork network, AccountSigner signer, T call)
        where T : ICall<T>
    {
        TransactionResult result = (await network.Chain.Transactions.SendAsync(signer, call, stop: Stop)).Require();
        Assert.True(result.IsSuccess, $"{typeof(T).Name}: {result.ErrorName}");
        Assert.All(result.EventsOf<Sudo.Sudid>(), sudid => Assert.False(sudid.SudoResult.TryGet(out _, out DispatchError error) is false, DispatchErrorName.Of(error)));
        return result;
    }

    /// <summary>Sends a call as root.</summary>
    public static Task<TransactionResult> SudoAsync<T>(DevNetwork network, T call)
        where T : ICall<T> => SendAsync(network, network.Alice, new Sudo.SudoCall(RuntimeCall.Of(call)));
}
