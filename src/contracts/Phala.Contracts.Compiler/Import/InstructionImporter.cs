using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Linking;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Imports a group of instructions.</summary>
internal abstract class InstructionImporter(FunctionImporter function)
{
    protected FunctionImporter Function { get; } = function;

    protected CodeBuilder Code => Function.Code;

    protected ProgramBuilder Program => Function.Program;

    protected TypeUniverse Types => Function.Program.Types;

    /// <summary>Imports an instruction of the group.</summary>
    /// <returns>False for one of another group.</returns>
    public abstract bool TryImport(Instruction instruction);

    protected Value Pop() => Function.Pop();

    protected void Push(ClrType type, Expression leaf) => Code.Push(type, leaf);

    protected void Push(Value value) => Code.Push(value);

    /// <summary>Pops a number or address.</summary>
    protected Expression PopScalar(WasmType expected)
    {
        Expression scalar = PopScalar();
        return scalar.Type == expected ? scalar : throw CompilationException.Invalid("a number is of the wrong size");
    }

    protected Expression PopScalar() => Scalar(Pop());

    protected Expression Scalar(Value value)
    {
        if (value.Place is not null) return Function.AddressOf(value);
        return value.IsPlain && value.Leaves.Length == 1 ? value.Leaves[0] : throw CompilationException.Invalid("a number is expected");
    }

    protected ClrType IntegerType(WasmType type) => type == WasmType.I64 ? Types.Int64 : Types.Int32;
}
