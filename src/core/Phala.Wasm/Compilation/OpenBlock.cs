using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>An open block of reachable code, as far as segments and reachability go.</summary>
/// <param name="Opcode">What opened it; <see cref="Opcode.Else"/> in the second half of an <c>if</c>.</param>
/// <param name="Targeted">Whether a branch leads to its label.</param>
/// <param name="Reachable">In the second half of an <c>if</c>: whether the end of the first half can be reached.</param>
internal readonly record struct OpenBlock(Opcode Opcode, bool Targeted, bool Reachable)
{
    /// <summary>Whether a new segment begins at its end.</summary>
    public bool Joins => Opcode is Opcode.If or Opcode.Else || (Opcode == Opcode.Block && Targeted);

    /// <summary>Whether the code after its end can be reached, given whether its last instruction can.</summary>
    public bool ReachableAfter(bool end) => end || Opcode switch
    {
        Opcode.If => true,
        Opcode.Else => Reachable || Targeted,
        Opcode.Block => Targeted,
        _ => false,
    };
}
