namespace Phala.Wasm.Compilation;

/// <summary>
/// The measures of a function that decide how it is compiled. The .NET optimizer takes time that grows with locals × blocks and cannot be
/// stopped; without optimization it is about linear. The thresholds come from a search (<c>tests/Phala.Fuzz --compile-time</c>) for what takes
/// longest for the bytes that it is charged as: up to them the optimizer takes at most 4 ms per KB.
/// </summary>
/// <param name="Locals">Parameters, local variables and operand slots.</param>
/// <param name="Blocks">Basic blocks in the emitted code, and what takes the optimizer as long.</param>
/// <param name="Loops">Loops, which the optimizer takes more than proportionally long over.</param>
/// <param name="CodeBytes">Bytes of instructions.</param>
internal readonly record struct FunctionSize(int Locals, int Blocks, int Loops, int CodeBytes)
{
    /// <summary>The greatest locals × blocks that is optimized.</summary>
    public const long MostProduct = 20_000;

    /// <summary>The most blocks that are optimized.</summary>
    public const int MostBlocks = 700;

    /// <summary>The most loops that are optimized.</summary>
    public const int MostLoops = 20;

    /// <summary>The longest code that is optimized.</summary>
    public const int MostCodeBytes = 16 << 10;

    /// <summary>Whether the function is small enough for the optimizer.</summary>
    public bool MayOptimize =>
        (long)Locals * Blocks <= MostProduct && Blocks <= MostBlocks && Loops <= MostLoops && CodeBytes <= MostCodeBytes;
}
