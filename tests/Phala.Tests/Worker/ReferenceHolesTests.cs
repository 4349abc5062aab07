using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What the reference's worker can be made to do over its RPC (worker document §7.4, holes 6 to 9; the others come with the queue: <see cref="HostileQueueTests"/>).</summary>
public sealed class ReferenceHolesTests
{
    [Fact]
    public void Hole_6_a_genesis_proof_that_does_not_hold_is_refused_and_the_right_one_taken_after_it()
    {
        QueueChain chain = QueueChain.Create();
        TestWorker worker = new();
        byte[] proof = chain.GenesisProof();
        for (int at = 0; at < proof.Length; at += 7)
        {
            byte[] spoilt = [.. proof];
            spoilt[at] ^= 1;
            Assert.Equal(SyncOutcome.GenesisRefused, worker.Relayer.Begin(new GenesisInfo(chain.Blocks[0].Header, Vec.Create<byte>(spoilt), QueueSource.Queue, default)).Outcome);
        }

        Assert.Equal(SyncOutcome.GenesisRefused, worker.Relayer.Begin(new GenesisInfo(chain.Blocks[0].Header, default, QueueSource.Queue, default)).Outcome);
        Assert.Equal(SyncOutcome.Taken, worker.Relayer.Begin(chain).Outcome);
    }

    [Theory]
    [InlineData(QueueSource.Queue)]
    [InlineData(QueueSource.StorageProofs)]
    public void Hole_6_nothing_at_the_first_block_is_refused(QueueSource source)
    {
        QueueChain chain = QueueChain.Create();
        TestWorker worker = new();
        worker.Relayer.Begin(chain, source);
        AdvanceProof nothing = new AdvanceProof.Walk(default);
        Assert.Equal(SyncOutcome.AdvanceRefused, worker.Relayer.Advance(new AdvanceRequest(new(Vec.Create<byte>(Scale.Encode(nothing))), default)).Outcome);
        Assert.Equal(SyncOutcome.AdvanceRefused, worker.Relayer.Advance(new AdvanceRequest(new(default), default)).Outcome);
        chain.Append();
        Assert.Equal(SyncOutcome.Taken, worker.Relayer.Advance(chain, 1).Outcome);
    }

    [Theory]
    [InlineData("7", "SaveClusterState")]
    [InlineData("7", "LoadClusterState")]
    [InlineData("8", "HttpFetch")]
    [InlineData("8", "UploadSidevmCode")]
    [InlineData("9", "DerivePhalaI2pKey")]
    public void Holes_7_to_9_the_method_does_not_exist(string hole, string method) => Assert.True(new TestWorker().Has(PrpcMethods.GetInfo) && !new TestWorker().Has(method), hole);

    [Fact]
    public void Hole_8_lists_for_strangers_end()
    {
        WorkerWorld world = new WorkerWorld(1).BeginCluster();
        for (int at = 0; at < 1100; at++) world.Pallets.Push(ClusterWorld.Instantiate(ClusterQueries.Alice, NativeCode.Vault, BitConverter.GetBytes(at), ClusterWorld.Call("new")));
        world.Settle();
        GetContractInfoResponse all = Ask(world.First, new GetContractInfoRequest());
        Assert.Equal(1024, all.Contracts.Count);

        // One that is not among the first is found by its id all the same, and what is none is left out.
        GetContractInfoRequest some = new();
        some.Contracts.AddRange([Hex.Format(WorkerWorld.Vault.AsSpan()), "no id", Hex.Format(new byte[32])]);
        Assert.Equal(Hex.Format(WorkerWorld.Vault.AsSpan()), Assert.Single(Ask(world.First, some).Contracts).Id);
    }

    private static GetContractInfoResponse Ask(TestWorker worker, GetContractInfoRequest request)
    {
        Assert.Equal(ProtoError.None, GetContractInfoResponse.Schema.Decode(worker.Call(PrpcMethods.GetContractInfo, GetContractInfoRequest.Schema.Encode(request)), out GetContractInfoResponse response));
        return response;
    }
}
