namespace Phala.Wasm.Binary;

/// <summary>The fixed facts about an instruction.</summary>
/// <param name="Immediate">What follows its number.</param>
/// <param name="Type">Operands and results; null where they depend on the immediate or context.</param>
/// <param name="Width">The bytes that a load or store touches, else 0.</param>
internal sealed record InstructionInfo(Immediate Immediate, FunctionType? Type, int Width)
{
    /// <summary>Whether it takes or gives floating-point numbers.</summary>
    public bool UsesFloats { get; } = Immediate is Immediate.F32 or Immediate.F64 || (Type is not null && (HasFloat(Type.Parameters) || HasFloat(Type.Results)));

    private static bool HasFloat(ReadOnlySpan<ValueKind> kinds)
    {
        foreach (ValueKind kind in kinds)
        {
            if (kind.IsFloat()) return true;
        }

        return false;
    }
}
