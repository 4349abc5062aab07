using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>An instruction with everything that its execution needs.</summary>
internal sealed record ParsedInstruction(Instruction Instruction, uint[] Labels)
{
    /// <summary>For a block: the index of its <c>end</c>. For <c>else</c>: likewise.</summary>
    public int End { get; set; }

    /// <summary>For an <c>if</c>: the index of its <c>else</c>, or of its <c>end</c> where there is none.</summary>
    public int Else { get; set; }

    /// <summary>For an <c>end</c> or <c>else</c>: the index of the block's first instruction, or -1 for the function.</summary>
    public int Start { get; set; } = -1;

    /// <summary>Whether control can come here.</summary>
    public bool Reachable { get; set; }

    /// <summary>For an <c>end</c>: whether several ways meet here.</summary>
    public bool Joins { get; set; }

    /// <summary>The index of the block around it, or -1.</summary>
    public int Parent { get; set; } = -1;
}
