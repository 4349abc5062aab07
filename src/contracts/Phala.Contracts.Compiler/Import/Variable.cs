using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>A parameter or local variable of a method: scalars in WebAssembly locals, or memory in the frame if its address is needed.</summary>
internal sealed class Variable
{
    /// <summary>Which variable it is, the same in every attempt to import the function.</summary>
    public required string Key { get; init; }

    public required ClrType Type { get; init; }

    public required ValueLayout Layout { get; init; }

    /// <summary>One for each scalar; null if it lies in memory or is bound.</summary>
    public Local[]? Leaves { get; init; }

    /// <summary>Where it lies in the frame; -1 if it does not.</summary>
    public int FrameOffset { get; init; } = -1;

    /// <summary>What an inlined method's parameter stands for, if it is never written.</summary>
    public Value? Bound { get; init; }
}
