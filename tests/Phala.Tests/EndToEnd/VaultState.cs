using System.Buffers.Binary;
using Phala.Chain;
using Phala.Cli.Dev;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>The vault's state as one worker has it, by verified answers to queries.</summary>
/// <param name="cluster">The cluster, as a client sees it.</param>
/// <param name="member">The worker.</param>
internal sealed class VaultState(ClusterClient cluster, ClusterMember member)
{
    private const uint FreeBalanceOf = 0x8a0d40d7;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What the vault has been given.</summary>
    public async Task<UInt128> BalanceAsync()
    {
        Hash256 system = (await cluster.Chain.Storage.GetAsync(PhalaPhatContracts.Clusters, DevVault.Cluster, stop: Stop)).Require().SystemContract;
        byte[] message = new byte[sizeof(uint) + AccountId.Size];
        BinaryPrimitives.WriteUInt32BigEndian(message, FreeBalanceOf);
        DevVault.Id.AsSpan().CopyTo(message.AsSpan(sizeof(uint)));
        return Read<U128Codec, UInt128>((await cluster.AskAsync(member, system, message, null, Stop)).Require());
    }

    /// <summary>The names of an account's secrets, in order.</summary>
    public async Task<string[]> NamesAsync(AccountSigner owner) =>
        Read<VecCodec<StringCodec, string>, Vec<string>>((await cluster.AskAsync(member, DevVault.Id, VaultCalls.List(), owner, Stop)).Require()).ToArray();

    /// <summary>The root of the cluster's state, with the queue's count to which it belongs.</summary>
    public async Task<(ulong Count, Hash256 Root)> RootAsync()
    {
        FreshnessRecord record = (await cluster.AskAsync(member, DevVault.Id, VaultCalls.List(), null, Stop)).Require().Answer.Record;
        return (record.Count, record.StateRoot);
    }

    private static T Read<TCodec, T>(VerifiedAnswer answer)
        where TCodec : IScaleCodec<T>
    {
        Result<ExecReturnValue, DispatchError> result = answer.Result().Require().Result;
        Assert.True(result.TryGet(out ExecReturnValue? value, out DispatchError error), DispatchErrorName.Of(error));
        Assert.True(InkOutput.TryRead<TCodec, T>(value.Data.AsSpan(), out T? read));
        return read;
    }
}
