using System.Buffers.Binary;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Writes scripts of <see cref="ProbeContract"/>.</summary>
internal sealed class ProbeScript
{
    private readonly List<byte> _bytes = [];

    /// <summary>Puts bytes into the contract's memory.</summary>
    public ProbeScript Write(int pointer, params ReadOnlySpan<byte> bytes)
    {
        _bytes.Add(1);
        Word(pointer);
        Word(bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Calls a function of the host.</summary>
    public ProbeScript Call(string module, string name, params ReadOnlySpan<long> arguments) => Call(ProbeContract.Functions.Index().First(item => item.Item == (module, name)).Index, arguments);

    /// <summary>Calls a function of the host by its number.</summary>
    public ProbeScript Call(int function, params ReadOnlySpan<long> arguments)
    {
        _bytes.Add(2);
        Word(function);
        Span<byte> bytes = stackalloc byte[8];
        foreach (long argument in arguments)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, argument);
            _bytes.AddRange(bytes);
        }

        return this;
    }

    /// <summary>Calls a function that writes an output, and shows the output's length and bytes.</summary>
    public ProbeScript Ask(string module, string name, int length, params ReadOnlySpan<long> arguments) =>
        Write(OutputAt - 4, BitConverter.GetBytes(length)).Call(module, name, [.. arguments, OutputAt, OutputAt - 4]).Show(OutputAt - 4, 4 + length);

    /// <summary>Where <see cref="Ask"/> has outputs written.</summary>
    public const int OutputAt = 0x8000;

    /// <summary>Shows memory.</summary>
    public ProbeScript Show(int pointer, int length)
    {
        _bytes.Add(3);
        Word(pointer);
        Word(length);
        return this;
    }

    /// <summary>Does what another script does, and goes on.</summary>
    public ProbeScript Then(ProbeScript next)
    {
        _bytes.AddRange(next._bytes);
        return this;
    }

    public byte[] End() => [.. _bytes, 0];

    public byte[] RunForEver() => [.. _bytes, 4];

    public byte[] Trap() => [.. _bytes, 5];

    public byte[] Revert() => [.. _bytes, 6];

    private void Word(int value) => _bytes.AddRange(BitConverter.GetBytes(value));
}
