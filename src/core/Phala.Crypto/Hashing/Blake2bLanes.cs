using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Hashing;

/// <summary>Deals the messages of a batch out to the lanes of a kernel.</summary>
/// <remarks>
/// Invariant: a lane is idle (message -1) or between two blocks of its message. Once so few lanes are busy that the kernel is no faster than one stream, the rest is
/// finished lane by lane.
/// Unsafe: each lane keeps the address of its block and of its rest; all of them lie inside the buffer, pinned by <see cref="Hash"/>, or inside the state.
/// </remarks>
internal static class Blake2bLanes<TKernel>
    where TKernel : IBlake2bLaneKernel
{
    /// <summary>With no more than this many busy lanes one stream after the other is faster.</summary>
    private static int Few => TKernel.Lanes / 4;

    /// <summary>128 times all ones, then 128 zeros: read at 128 - n, a mask for the first n bytes of a block.</summary>
    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Hashes the messages, all of which lie inside the buffer.</summary>
    [SkipLocalsInit]
    public static unsafe void Hash(ReadOnlySpan<byte> buffer, ReadOnlySpan<BatchMessage> messages, Span<byte> digests)
    {
        byte* memory = stackalloc byte[sizeof(Blake2bLaneState) + 63];
        Blake2bLaneState* state = (Blake2bLaneState*)(((nuint)memory + 63) & ~(nuint)63);
        fixed (byte* start = buffer)
        {
            int next = 0, busy = 0;
            for (int lane = 0; lane < TKernel.Lanes; lane++)
            {
                if (Assign(state, lane, start, messages, ref next)) busy++;
            }

            while (busy > Few)
            {
                for (int lane = 0; lane < TKernel.Lanes; lane++) Prepare(state, lane, start + buffer.Length);
                TKernel.Compress(state);
                for (int lane = 0; lane < TKernel.Lanes; lane++)
                {
                    if (state->Last[lane] == 0) continue;
                    WriteDigest(state, lane, digests);
                    if (!Assign(state, lane, start, messages, ref next)) busy--;
                }
            }

            for (int lane = 0; lane < TKernel.Lanes; lane++)
            {
                if (state->Message[lane] >= 0) FinishAlone(state, lane, digests);
            }
        }
    }

    /// <summary>Gives the lane the next message, if there is one.</summary>
    private static unsafe bool Assign(Blake2bLaneState* state, int lane, byte* start, ReadOnlySpan<BatchMessage> messages, ref int next)
    {
        state->Counter[lane] = 0;
        state->First[lane] = ulong.MaxValue;
        state->RestLength[lane] = 0;
        if (next == messages.Length)
        {
            state->Message[lane] = -1;
            state->Last[lane] = 0;
            state->Block[lane] = (ulong)(state->Padded + (Blake2b.BlockLength * lane));
            return false;
        }

        state->Rest[lane] = (ulong)(start + messages[next].Offset);
        state->RestLength[lane] = messages[next].Length;
        state->Message[lane] = next++;
        return true;
    }

    /// <summary>Sets up the lane's next block.</summary>
    private static unsafe void Prepare(Blake2bLaneState* state, int lane, byte* end)
    {
        if (state->Message[lane] < 0) return;

        byte* rest = (byte*)state->Rest[lane];
        int length = state->RestLength[lane];
        int taken = Math.Min(length, Blake2b.BlockLength);
        state->First[lane] = state->Counter[lane] == 0 ? ulong.MaxValue : 0;
        state->Last[lane] = length <= Blake2b.BlockLength ? ulong.MaxValue : 0;
        state->Counter[lane] += (ulong)taken;
        state->Rest[lane] = (ulong)(rest + taken);
        state->RestLength[lane] = length - taken;
        if (taken == Blake2b.BlockLength)
        {
            state->Block[lane] = (ulong)rest;
            return;
        }

        byte* padded = state->Padded + (Blake2b.BlockLength * lane);
        state->Block[lane] = (ulong)padded;
        Pad(rest, taken, padded, end);
    }

    private static unsafe void Pad(byte* rest, int length, byte* padded, byte* end)
    {
        if (end - rest < Blake2b.BlockLength)
        {
            Span<byte> block = new(padded, Blake2b.BlockLength);
            new ReadOnlySpan<byte>(rest, length).CopyTo(block);
            block[length..].Clear();
            return;
        }

        // The buffer goes on for a block or more: read one whole and cut it.
        ref byte mask = ref Unsafe.Add(ref MemoryMarshal.GetReference(Masks), Blake2b.BlockLength - length);
        if (Avx512F.IsSupported)
        {
            (Vector512.Load(rest) & Vector512.LoadUnsafe(ref mask)).Store(padded);
            (Vector512.Load(rest + 64) & Vector512.LoadUnsafe(ref mask, 64)).Store(padded + 64);
            return;
        }

        for (int at = 0; at < Blake2b.BlockLength; at += 32)
        {
            (Vector256.Load(rest + at) & Vector256.LoadUnsafe(ref mask, (nuint)at)).Store(padded + at);
        }
    }

    private static unsafe void WriteDigest(Blake2bLaneState* state, int lane, Span<byte> digests)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(digests.Slice(Blake2bBatch.DigestLength * state->Message[lane], Blake2bBatch.DigestLength));
        for (int word = 0; word < words.Length; word++) words[word] = state->Chain[(word * TKernel.Lanes) + lane];
    }

    /// <summary>Hashes the rest of one lane's message as one stream.</summary>
    private static unsafe void FinishAlone(Blake2bLaneState* state, int lane, Span<byte> digests)
    {
        ReadOnlySpan<byte> rest = new((byte*)state->Rest[lane], state->RestLength[lane]);
        Span<byte> digest = digests.Slice(Blake2bBatch.DigestLength * state->Message[lane], Blake2bBatch.DigestLength);
        ulong counter = state->Counter[lane];
        if (counter == 0)
        {
            Blake2b.Hash256(rest, digest);
            return;
        }

        Blake2bChain h = default;
        for (int word = 0; word < 8; word++) h[word] = state->Chain[(word * TKernel.Lanes) + lane];
        Blake2b.Finish(ref h, rest, counter, digest);
    }
}
