using System.Security.Cryptography;
using System.Buffers.Binary;
using Phala.Testing;
using Phala.Testing.Wasm.Differential;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>Random modules on the engine and on the interpreter, without end. The input is only where the module's seed comes from.</summary>
public sealed class DifferentialTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "wasm-differential";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [[1, 2, 3, 4, 5, 6, 7, 8]];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors => [];

    // Each input compiles and runs a module in two modes; the tests have a larger run of their own.
    /// <inheritdoc/>
    public override int SampleSize => 20;

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => long.MaxValue;

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        int seed = BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(input));
        DifferentialRun run = DifferentialRun.Of([seed], threads: 1);
        if (run.Divergences.Count > 0) throw new InvalidOperationException(string.Join('\n', run.Divergences));
        return new FuzzOutcome(PassedOuter: true, Error: null);
    }
}
