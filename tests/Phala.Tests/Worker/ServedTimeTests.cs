using System.Buffers.Binary;
using Phala.Clusters.Execution;
using Phala.Clusters.Native;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What time it is for queries.</summary>
public sealed class ServedTimeTests
{
    [Fact]
    public void A_contract_that_is_asked_sees_the_newest_final_block_though_the_queue_has_not_grown()
    {
        WorkerWorld world = new(0);
        TestWorker worker = world.Add(new TestWorker(codes: new ContractCodes((NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new Clock()))));
        world.BeginCluster();
        ulong entries = worker.Status.Queue.Count;
        for (int block = 0; block < 5; block++) world.Chain.Append();
        world.Settle();
        Assert.Equal(entries, worker.Status.Queue.Count);
        Assert.Equal((world.Chain.Best.Id.Number, world.Chain.Best.Slot * QueueChain.SlotDuration), Told(world, worker));
    }

    private static (uint Number, ulong Time) Told(WorkerWorld world, TestWorker worker)
    {
        QueryAnswer answer = ClusterQueries.Ask(worker.Call, world, worker.Status, ClusterQueries.Request(world, []), Actor.Alice);
        ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(answer.Outcome).Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out _));
        Assert.Equal(answer.Record.ViewTime, BinaryPrimitives.ReadUInt64LittleEndian(value.Data.AsSpan()[4..]));
        return (BinaryPrimitives.ReadUInt32LittleEndian(value.Data.AsSpan()), answer.Record.ViewTime);
    }

    /// <summary>Tells block and time.</summary>
    private sealed class Clock : ContractCode
    {
        public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input) => CallResult.Return(default);

        public override CallResult Call(CallContext call, ReadOnlySpan<byte> input)
        {
            byte[] told = new byte[12];
            BinaryPrimitives.WriteUInt32LittleEndian(told, call.BlockNumber);
            BinaryPrimitives.WriteUInt64LittleEndian(told.AsSpan(4), call.BlockTime);
            return CallResult.Return(told);
        }
    }
}
