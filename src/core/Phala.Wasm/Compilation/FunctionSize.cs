namespace Phala.Wasm.Compilation;

/// <summary>
/// The measures of a function that decide how it is compiled. The .NET optimizer takes time that grows with locals × blocks and cannot be
/// stopped; without optimization it is linear. The thresholds come from a search for the worst compile time per byte of code.
/// </summary>
/// <param name="Locals">Parameters, local variables and operand slots.</param>
/// <param name="Blocks">Basic blocks in the emitted code.</param>
/// <param name="Loops">Loops, which the optimizer takes more than proportionally long over.</param>
/// <param name="CodeBytes">Bytes of instructions.</param>
internal readonly record struct FunctionSize(int Locals, int Blocks, int Loops, int CodeBytes)
{
    /// <summary>The greatest locals × blocks that is optimized.</summary>
    public const long MostProduct = 60_000;

    /// <summary>The most blocks that are optimized.</summary>
    public const int MostBlocks = 1_000;

    /// <summary>The most loops that are optimized.</summary>
    public const int MostLoops = 40;

    /// <summary>The longest code that is optimized.</summary>
    public const int MostCodeBytes = 24 << 10;

    /// <summary>Whether the function is small enough for the optimizer.</summary>
    public bool MayOptimize =>
        (long)Locals * Blocks <= MostProduct && Blocks <= MostBlocks && Loops <= MostLoops && CodeBytes <= MostCodeBytes;
}
