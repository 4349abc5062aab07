using System.Buffers.Binary;
using System.Text;

namespace Phala.Tests.Worker.Hardening;

/// <summary>Lays out x86-64 instructions and data from an address on. Places have names, and instructions may name places that come later.</summary>
internal sealed class MachineCode(ulong origin)
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<(int At, int Size, string Place)> _references = [];

    /// <summary>Gives the next byte a name.</summary>
    public MachineCode At(string place)
    {
        _places.Add(place, _bytes.Count);
        return this;
    }

    /// <summary>An instruction that names no place.</summary>
    public MachineCode Code(params ReadOnlySpan<byte> instruction)
    {
        _bytes.AddRange(instruction);
        return this;
    }

    /// <summary>An instruction that ends with the distance of a place from its own end, in one byte.</summary>
    public MachineCode Jump(byte opcode, string place) => Code(opcode).Refer(1, place);

    /// <summary>An instruction that ends with the distance of a place from its own end, in four bytes.</summary>
    public MachineCode Near(ReadOnlySpan<byte> instruction, string place) => Code(instruction).Refer(4, place);

    /// <summary>The address of a place, in eight bytes.</summary>
    public MachineCode Address(string place) => Refer(8, place);

    /// <summary>Text, ended by a zero byte.</summary>
    public MachineCode Text(string text) => Code([.. Encoding.ASCII.GetBytes(text), 0]);

    /// <summary>The bytes, with every place known.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = [.. _bytes];
        foreach ((int at, int size, string place) in _references)
        {
            Span<byte> field = bytes.AsSpan(at, size);
            int distance = _places[place] - (at + size);
            if (size == 1) field[0] = (byte)checked((sbyte)distance);
            else if (size == 4) BinaryPrimitives.WriteInt32LittleEndian(field, distance);
            else BinaryPrimitives.WriteUInt64LittleEndian(field, origin + (ulong)_places[place]);
        }

        return bytes;
    }

    private MachineCode Refer(int size, string place)
    {
        _references.Add((_bytes.Count, size, place));
        return Code(new byte[size]);
    }
}
