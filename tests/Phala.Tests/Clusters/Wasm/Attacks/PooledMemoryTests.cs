using Phala.Clusters;
using Phala.Clusters.Logs;
using Phala.Clusters.Wasm;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>Memory goes from one call to the next through a pool. No canary that a contract leaves in its own is ever seen by another, nor by itself.</summary>
public sealed class PooledMemoryTests
{
    private const int Account = 0x300, Zeros = 0x200, Data = 0x1000, Out = ProbeScript.OutputAt;
    private const long LittleGas = 40_000_000_000;

    private static readonly (int Pages, int More)[] Sizes = [(1, 0), (2, 0), (1, 1), (2, 2), (5, 3), (16, 0), (8, 8), (64, 0), (1, 63)];

    private readonly ProbeWorld _world = new();

    /// <summary>Every size after every other, in commands and queries in turn, whichever way the one before ended.</summary>
    [Fact]
    public void No_contract_sees_what_another_left()
    {
        Hash256[] contracts = [.. Sizes.Select(size => CanaryContract.Deploy(_world, size.Pages, size.More))];
        int looked = 0;
        for (int step = 1; step < contracts.Length; step++)
        {
            for (int round = 0; round < contracts.Length; round++)
            {
                byte ending = (byte)((round + step) % 4);
                Hash256 fills = contracts[round], looks = contracts[(round + step) % contracts.Length];
                if (round % 2 == 0) Assert.Equal(ending < CanaryContract.Trap, _world.Run([ending], fills, gas: (ulong)LittleGas).Output.Length == 8);
                else Ask(fills, ending, out _);
                AssertNothing(_world.Give([CanaryContract.Return], looks), looks);
                Assert.True(Ask(looks, CanaryContract.Return, out byte[] found));
                AssertNothing(found, looks);
                looked += 2;
            }
        }

        Assert.Equal(2 * Sizes.Length * (Sizes.Length - 1), looked);
    }

    /// <summary>That there is a pool, which gives a memory back as it came: or there would be nothing to see.</summary>
    [Fact]
    public void Memory_of_calls_is_used_again()
    {
        Hash256 contract = CanaryContract.Deploy(_world, 64, 0);
        for (int round = 0; round < 3; round++) AssertNothing(_world.Give([CanaryContract.Return], contract), contract);
        Assert.True(WasmContract.Pool.HeldBytes >= 64 * 65_536, $"{WasmContract.Pool.HeldBytes}");
    }

    /// <summary>A contract calls one that fills its memory, however that ends, and then looks: at the room that it gave for the result, and at what a third has.</summary>
    [Theory]
    [InlineData(CanaryContract.Return, 0)]
    [InlineData(CanaryContract.Revert, 2)]
    [InlineData(CanaryContract.Trap, 1)]
    [InlineData(CanaryContract.Loop, 1)]
    public void Nor_does_who_calls_it(byte ending, int told)
    {
        Hash256 fills = CanaryContract.Deploy(_world, 16, 0), looks = CanaryContract.Deploy(_world, 8, 8);
        byte[] given = _world.Give(Call(fills, [ending]).Show(Out - 4, 4 + 64).Write(Account, looks.AsSpan()).Write(Data, 0).Call("seal1", "call", 0, Account, LittleGas, Zeros, Data, 1, Out, Out - 4).Show(Out - 4, 4 + 64).End());
        Assert.Equal(told, BitConverter.ToInt64(given));
        bool returns = ending < CanaryContract.Trap;
        Assert.Equal(returns ? 8 : 64, BitConverter.ToInt32(given, 8));
        Assert.Equal(-1, given.AsSpan(12, 64).IndexOfAnyExcept((byte)0));
        Assert.Equal(0, BitConverter.ToInt64(given, 76));
        Assert.Equal(8, BitConverter.ToInt32(given, 84));
        Assert.Equal(-1, given.AsSpan(88, 64).IndexOfAnyExcept((byte)0));
    }

    /// <summary>Long results, arguments and texts of one, and then short ones of another: what lies behind them is the reader's own.</summary>
    [Fact]
    public void What_is_handed_over_is_as_long_as_it_is()
    {
        byte[] canaries = new byte[4000];
        canaries.AsSpan().Fill(CanaryContract.Canary);
        byte[] full = new ProbeScript().Write(0x20000, canaries).Call("seal0", "seal_return", 0, 0x20000, canaries.Length).End();
        byte[] shorter = new ProbeScript().Write(0x20000, 1).Call("seal0", "seal_return", 0, 0x20000, 1).End();
        byte[] given = _world.Give(Call(ProbeWorld.Second, full, room: canaries.Length).Write(Out, new byte[64]).Write(Data, shorter).Write(Out - 4, BitConverter.GetBytes(64))
            .Call("seal1", "call", 0, Account, 0, Zeros, Data, shorter.Length, Out, Out - 4).Show(Out - 4, 4 + 64).End());
        Assert.Equal((0, 0, 1), (BitConverter.ToInt64(given), BitConverter.ToInt64(given, 8), BitConverter.ToInt32(given, 16)));
        Assert.Equal((1, -1), (given[20], given.AsSpan(21, 63).IndexOfAnyExcept((byte)0)));

        // What is called reads its input into room for more.
        byte[] reads = new ProbeScript().Ask("seal0", "input", 3000).End();
        byte[] read = _world.Give(reads);
        Assert.Equal(reads.Length, BitConverter.ToInt32(read, 8));
        Assert.Equal(-1, read.AsSpan(12 + reads.Length).IndexOfAnyExcept((byte)0));
    }

    /// <summary>What one run says for those who look for its faults no other run says.</summary>
    [Fact]
    public void Texts_stay_with_their_runs()
    {
        byte[] says = [.. "canary canary canary"u8], script = new ProbeScript().Write(Data, says).Call("seal0", "debug_message", Data, says.Length).End();
        Assert.Equal(says, Debug(script));
        Assert.Empty(Debug([0]));
        foreach (byte[] ending in (byte[][])[script, [.. script[..^1], 5], [.. script[..^1], 6]])
        {
            _world.Run(out EntryResult told, ending);
            Assert.Contains("canary", Text(told), StringComparison.Ordinal);
            _world.Run(out EntryResult next, [0], ProbeWorld.Second);
            Assert.DoesNotContain("canary", Text(next), StringComparison.Ordinal);
        }
    }

    private static string Text(EntryResult result) =>
        string.Concat(result.Journal.OfType<LogItem.MessageOutput>().Select(item => System.Text.Encoding.ASCII.GetString(item.Output.AsSpan())));

    private byte[] Debug(byte[] script)
    {
        QueryOutcome outcome = _world.World.View().Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(script), 0, 0, false), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
        return Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!.DebugMessage.ToArray();
    }

    private bool Ask(in Hash256 contract, byte ending, out byte[] found)
    {
        QueryOutcome outcome = _world.World.View().Ask(contract, new InkQueryData.InkMessage([ending], 0, 0, false), ProbeWorld.Alice, (ulong)LittleGas).Outcome;
        bool returned = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!.Result.TryGet(out ExecReturnValue? value, out DispatchError _);
        found = returned ? value!.Data.ToArray() : [];
        return returned;
    }

    private static void AssertNothing(byte[] found, in Hash256 contract) => Assert.True(found.Length == 8 && BitConverter.ToInt64(found) == 0, $"{contract} found {Convert.ToHexString(found)}");

    private static ProbeScript Call(in Hash256 contract, byte[] input, int room = 64) =>
        new ProbeScript().Write(Data, input).Write(Account, contract.AsSpan()).Write(Zeros, new byte[16]).Write(Out - 4, BitConverter.GetBytes(room)).Call("seal1", "call", 0, Account, LittleGas, Zeros, Data, input.Length, Out, Out - 4);
}
