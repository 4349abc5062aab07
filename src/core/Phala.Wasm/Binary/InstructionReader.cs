namespace Phala.Wasm.Binary;

/// <summary>
/// Reads the instructions of a body one by one. The validator, the compiler and the tests' interpreter all read through it, so that they
/// cannot disagree about where an instruction ends.
/// </summary>
internal ref struct InstructionReader(ReadOnlySpan<byte> code, ResourceLimits limits)
{
    private readonly ResourceLimits _limits = limits;
    private readonly List<uint> _labels = [];
    private ByteReader _reader = new(code);

    public readonly ModuleError Error => _reader.Error;

    public readonly bool AtEnd => _reader.AtEnd;

    public readonly int Position => _reader.Position;

    /// <summary>The labels of the <c>br_table</c> that was just read, without the default one; valid until the next one is read.</summary>
    public readonly List<uint> Labels => _labels;

    /// <summary>The types of the typed <c>select</c> that was just read: only their number, and the first of them.</summary>
    public ValueKind SelectKind { get; private set; }

    /// <summary>Reads an instruction; false when the bytes are no instruction, with the reason in <see cref="Error"/>.</summary>
    public bool TryRead(out Instruction instruction)
    {
        instruction = default;
        Opcode opcode = (Opcode)_reader.ReadByte();
        if ((int)opcode == 0xFC)
        {
            uint sub = _reader.ReadU32();
            opcode = sub < 0x100 ? (Opcode)(0xFC00 | sub) : (Opcode)0xFCFF;
        }

        if (_reader.Failed) return false;
        if (InstructionSet.Find(opcode) is not { } info)
        {
            _reader.Fail(Unsupported.Instruction((int)opcode));
            return false;
        }

        instruction = ReadImmediate(opcode, info);
        return !_reader.Failed;
    }

    private Instruction ReadImmediate(Opcode opcode, InstructionInfo info)
    {
        switch (info.Immediate)
        {
            case Immediate.None:
                return new Instruction(opcode, info, 0, 0, 0);
            case Immediate.Block:
                return new Instruction(opcode, info, 0, 0, ReadBlockType());
            case Immediate.LabelTable:
                return new Instruction(opcode, info, ReadLabels(), 0, 0);
            case Immediate.Types:
                return new Instruction(opcode, info, ReadSelectTypes(), 0, (ulong)SelectKind);
            case Immediate.ReferenceType:
                return new Instruction(opcode, info, 0, 0, ReadReferenceType());
            case Immediate.I32:
                return new Instruction(opcode, info, 0, 0, (uint)_reader.ReadS32());
            case Immediate.I64:
                return new Instruction(opcode, info, 0, 0, (ulong)_reader.ReadS64());
            case Immediate.F32:
                return new Instruction(opcode, info, 0, 0, _reader.ReadFixed32());
            case Immediate.F64:
                return new Instruction(opcode, info, 0, 0, _reader.ReadFixed64());
            case Immediate.MemoryArgument:
                return ReadMemoryArgument(opcode, info);
            case Immediate.Memory:
                ReadMemoryIndex();
                return new Instruction(opcode, info, 0, 0, 0);
            case Immediate.DataAndMemory:
                uint data = _reader.ReadU32();
                ReadMemoryIndex();
                return new Instruction(opcode, info, data, 0, 0);
            case Immediate.TwoMemories:
                ReadMemoryIndex();
                ReadMemoryIndex();
                return new Instruction(opcode, info, 0, 0, 0);
            case Immediate.IndirectCall or Immediate.ElementAndTable or Immediate.TwoTables:
                return new Instruction(opcode, info, _reader.ReadU32(), _reader.ReadU32(), 0);
            default:
                return new Instruction(opcode, info, _reader.ReadU32(), 0, 0);
        }
    }

    private ulong ReadBlockType()
    {
        long type = _reader.ReadS33();
        if (type >= 0) return (ulong)type;
        byte kind = (byte)(type & 0x7F);
        if (type >= -64 && (kind == 0x40 || ValueKinds.IsDefined(kind))) return (ulong)type;
        _reader.Fail(Unsupported.Type(kind));
        return 0;
    }

    private uint ReadLabels()
    {
        _labels.Clear();
        int count = _reader.ReadCount(_limits.BranchTableLabels, ModuleError.BranchTableTooWide);
        for (int i = 0; i < count && !_reader.Failed; i++) _labels.Add(_reader.ReadU32());
        return _reader.ReadU32();
    }

    private uint ReadSelectTypes()
    {
        int count = _reader.ReadCount(_limits.Results, ModuleError.TooManyResults);
        SelectKind = ValueKind.None;
        for (int i = 0; i < count && !_reader.Failed; i++)
        {
            byte kind = _reader.ReadByte();
            if (!_reader.Failed && !ValueKinds.IsDefined(kind)) _reader.Fail(Unsupported.Type(kind));
            if (i == 0) SelectKind = (ValueKind)kind;
        }

        return (uint)count;
    }

    private ulong ReadReferenceType()
    {
        byte kind = _reader.ReadByte();
        if (!_reader.Failed && !((ValueKind)kind).IsReference()) _reader.Fail(Unsupported.Type(kind));
        return kind;
    }

    private Instruction ReadMemoryArgument(Opcode opcode, InstructionInfo info)
    {
        uint align = _reader.ReadU32();
        // Bit 6 announces a memory index in the multi-memory proposal.
        if (align is >= 0x40 and < 0x80) _reader.Fail(ModuleError.UnsupportedMultiMemory);
        return new Instruction(opcode, info, 0, align, _reader.ReadU32());
    }

    private void ReadMemoryIndex()
    {
        if (_reader.ReadByte() != 0) _reader.Fail(ModuleError.ReservedByte);
    }
}
