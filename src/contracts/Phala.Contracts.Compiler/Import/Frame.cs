using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>A method while its code is imported: the function's own, or one that is inlined into it.</summary>
internal sealed class Frame
{
    public required ClrMethod Method { get; init; }

    public required MethodBody Body { get; init; }

    public required GenericContext Context { get; init; }

    /// <summary>The receiver first.</summary>
    public required Variable[] Arguments { get; init; }

    public required Variable[] Locals { get; init; }

    /// <summary>The way of calls that led here, the same in every attempt.</summary>
    public required string Path { get; init; }

    public Frame? Caller { get; init; }

    /// <summary>How many entries of the evaluation stack belong to callers.</summary>
    public required int StackBase { get; init; }

    /// <summary>Where an inlined method's caller goes on, and what then holds the result; null if the method has one block.</summary>
    public Block? Continuation { get; set; }

    public Local[]? Result { get; set; }

    /// <summary>The position of each instruction by offset.</summary>
    public required Dictionary<int, int> Positions { get; init; }

    /// <summary>The instruction that is being imported.</summary>
    public int Offset { get; set; }

    public int Depth => Caller is null ? 0 : Caller.Depth + 1;

    public AssemblyImage Image => Method.Definition.Owner.Image;
}
