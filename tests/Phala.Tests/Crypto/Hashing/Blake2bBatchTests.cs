using System.Runtime.Intrinsics.X86;
using Phala.Crypto.Hashing;
using Xunit;

namespace Phala.Tests.Crypto.Hashing;

public sealed class Blake2bBatchTests(ITestOutputHelper output)
{
    private delegate void BatchFunction(ReadOnlySpan<byte> buffer, ReadOnlySpan<BatchMessage> messages, Span<byte> digests);

    [Fact]
    public void EveryCountOfMessagesGivesTheirSingleDigestsOnEveryPath()
    {
        foreach (BatchFunction hash in Paths())
        {
            for (int count = 0; count <= 40; count++) AssertEqualSingleHashes(hash, Mixed(count, maxLength: 400, seed: count));
        }
    }

    [Fact]
    public void AllLengthsUpToFourBlocksAreRightAtEveryPlaceInTheBuffer()
    {
        foreach (BatchFunction hash in Paths())
        {
            BatchMessage[] messages = [.. Enumerable.Range(0, 513).Select(length => new BatchMessage(513 - length, length))];
            AssertEqualSingleHashes(hash, (TestBytes.Random(513, 1), messages));
            BatchMessage[] reversed = [.. Enumerable.Range(0, 513).Select(length => new BatchMessage(0, 512 - length))];
            AssertEqualSingleHashes(hash, (TestBytes.Random(513, 2), reversed));
        }
    }

    [Fact]
    public void OneLongMessageAmongShortOnesIsFinishedAlone()
    {
        foreach (BatchFunction hash in Paths())
        {
            for (int place = 0; place < 12; place++)
            {
                byte[] buffer = TestBytes.Random(10_000, place);
                BatchMessage[] messages = [.. Enumerable.Range(0, 12).Select(index => index == place ? new BatchMessage(3, 9_000 + index) : new BatchMessage(index, 20 * index))];
                AssertEqualSingleHashes(hash, (buffer, messages));
            }
        }
    }

    [Fact]
    public void MessagesMayOverlapOrBeEmpty()
    {
        byte[] buffer = TestBytes.Random(300, 4);
        BatchMessage[] messages = [new(0, 300), new(300, 0), new(0, 0), new(10, 128), new(10, 256), new(10, 129), new(0, 300), new(299, 1), new(172, 128), new(1, 127)];
        foreach (BatchFunction hash in Paths()) AssertEqualSingleHashes(hash, (buffer, messages));
    }

    [Fact]
    public void AMessageOutsideOfTheBufferIsABugOfTheCaller()
    {
        byte[] digest = new byte[32];
        foreach (BatchMessage message in (BatchMessage[])[new(0, 11), new(10, 1), new(-1, 1), new(5, -1), new(11, 0), new(int.MaxValue, int.MaxValue)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Blake2bBatch.Hash256(new byte[10], [message], digest));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2bBatch.Hash256(new byte[10], [new(0, 1)], new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2bBatch.Hash256(new byte[10], [new(0, 1)], new byte[64]));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        (byte[] buffer, BatchMessage[] messages) = Mixed(50, 400, seed: 3);
        byte[] digests = new byte[32 * messages.Length];
        Assert.Equal(0, Allocation.Of(() => Blake2bBatch.Hash256(buffer, messages, digests)));
    }

    /// <summary>The paths that this processor has; which they are is told, so that none is left out silently.</summary>
    private IEnumerable<BatchFunction> Paths()
    {
        output.WriteLine($"paths: chosen, in turn{(Avx2.IsSupported ? ", AVX2" : "")}{(Avx512F.IsSupported ? ", AVX-512" : "")}");
        yield return Blake2bBatch.Hash256;
        yield return Blake2bBatch.HashInTurn;
        if (Avx2.IsSupported) yield return Blake2bLanes<Blake2bAvx2Kernel>.Hash;
        if (Avx512F.IsSupported) yield return Blake2bLanes<Blake2bAvx512Kernel>.Hash;
    }

    private static (byte[] Buffer, BatchMessage[] Messages) Mixed(int count, int maxLength, int seed)
    {
        Random random = new(seed);
        BatchMessage[] messages = new BatchMessage[count];
        int at = 0;
        for (int index = 0; index < count; index++)
        {
            messages[index] = new BatchMessage(at, random.Next(maxLength));
            at += messages[index].Length;
        }

        return (TestBytes.Random(at, seed), messages);
    }

    private static void AssertEqualSingleHashes(BatchFunction hash, (byte[] Buffer, BatchMessage[] Messages) batch)
    {
        byte[] digests = new byte[32 * batch.Messages.Length];
        hash(batch.Buffer, batch.Messages, digests);
        for (int index = 0; index < batch.Messages.Length; index++)
        {
            BatchMessage message = batch.Messages[index];
            byte[] expected = NaiveBlake2b.Hash(batch.Buffer.AsSpan(message.Offset, message.Length).ToArray(), 32);
            Assert.Equal(expected, digests.AsSpan(32 * index, 32).ToArray());
        }
    }
}
