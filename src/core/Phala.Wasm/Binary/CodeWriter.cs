namespace Phala.Wasm.Binary;

/// <summary>Writes the instructions of a body. It does not check them; the validator does when the module is loaded.</summary>
public sealed class CodeWriter
{
    private readonly ByteWriter _writer = new();

    /// <summary>The body's code so far. A complete one closes with <see cref="Opcode.End"/>.</summary>
    public byte[] ToArray() => _writer.Written.ToArray();

    /// <summary>Writes an instruction, with an index or label where it takes one or two.</summary>
    public CodeWriter Op(Opcode opcode, params ReadOnlySpan<uint> indices)
    {
        if ((int)opcode < 0x100)
        {
            _writer.WriteByte((byte)opcode);
        }
        else
        {
            _writer.WriteByte((byte)((int)opcode >> 8));
            _writer.WriteUnsigned((byte)opcode);
        }

        foreach (uint index in indices) _writer.WriteUnsigned(index);
        return this;
    }

    /// <summary>Writes a constant.</summary>
    public CodeWriter I32(int value)
    {
        Op(Opcode.I32Const);
        _writer.WriteSigned(value);
        return this;
    }

    /// <summary>Writes a constant.</summary>
    public CodeWriter I64(long value)
    {
        Op(Opcode.I64Const);
        _writer.WriteSigned(value);
        return this;
    }

    /// <summary>Writes a constant by its bits.</summary>
    public CodeWriter F32(uint bits)
    {
        Op(Opcode.F32Const);
        _writer.WriteFixed32(bits);
        return this;
    }

    /// <summary>Writes a constant by its bits.</summary>
    public CodeWriter F64(ulong bits)
    {
        Op(Opcode.F64Const);
        _writer.WriteFixed64(bits);
        return this;
    }

    /// <summary>Opens a block, loop or if without parameters, with one result or none.</summary>
    public CodeWriter Open(Opcode opcode, ValueKind result = ValueKind.None)
    {
        Op(opcode);
        _writer.WriteByte(result == ValueKind.None ? (byte)0x40 : (byte)result);
        return this;
    }

    /// <summary>Opens a block, loop or if of a type of the module.</summary>
    public CodeWriter OpenTyped(Opcode opcode, uint typeIndex)
    {
        Op(opcode);
        _writer.WriteSigned(typeIndex);
        return this;
    }

    /// <summary>Writes a load or store.</summary>
    /// <param name="opcode">Which.</param>
    /// <param name="offset">Added to the address.</param>
    /// <param name="align">The alignment hint as exponent of two.</param>
    public CodeWriter Access(Opcode opcode, uint offset = 0, uint align = 0) => Op(opcode, align, offset);

    /// <summary>Writes a <c>br_table</c>.</summary>
    public CodeWriter BranchTable(ReadOnlySpan<uint> labels, uint fallback)
    {
        Op(Opcode.BrTable, (uint)labels.Length);
        foreach (uint label in labels) _writer.WriteUnsigned(label);
        _writer.WriteUnsigned(fallback);
        return this;
    }

    /// <summary>Writes <c>ref.null</c>.</summary>
    public CodeWriter Null(ValueKind kind)
    {
        Op(Opcode.RefNull);
        _writer.WriteByte((byte)kind);
        return this;
    }

    /// <summary>Writes a <c>select</c> with the type of its result.</summary>
    public CodeWriter SelectOf(ValueKind kind)
    {
        Op(Opcode.SelectTyped, 1);
        _writer.WriteByte((byte)kind);
        return this;
    }
}
