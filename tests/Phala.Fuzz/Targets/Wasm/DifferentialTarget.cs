using System.Buffers.Binary;
using System.Security.Cryptography;
using Phala.Testing;
using Phala.Testing.Wasm;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>Takes the input as seed of a random module and runs it optimized, unoptimized and interpreted. Each input takes some 20 ms.</summary>
public sealed class DifferentialTarget : FuzzTarget
{
    public override string Name => "wasm-differential";

    public override IReadOnlyList<byte[]> Corpus { get; } = [new byte[16]];

    public override IReadOnlyCollection<string> Errors => [];

    public override int SampleSize => 200;

    public override long AllocationBound(int inputLength) => long.MaxValue;

    public override FuzzOutcome Run(byte[] input)
    {
        int seed = BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(input)) & int.MaxValue;
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    Differential.Run(seed);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            16 << 20);
        thread.Start();
        thread.Join();
        return failure is null ? new FuzzOutcome(PassedOuter: true, Error: null) : throw new InvalidOperationException(failure.Message, failure);
    }
}
