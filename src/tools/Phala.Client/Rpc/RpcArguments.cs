using System.Buffers;
using System.Text.Json;
using Phala.Trie;

namespace Phala.Client.Rpc;

/// <summary>The arguments of a call, written in their order: <c>new RpcArguments().Hash(block).Number(5)</c>.</summary>
public sealed class RpcArguments
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);
    private bool _hasAny;

    internal ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Bytes in hexadecimal.</summary>
    public RpcArguments Hex(ReadOnlySpan<byte> bytes)
    {
        Separate();
        int length = 4 + (2 * bytes.Length);
        Span<byte> text = _bytes.GetSpan(length);
        "\"0x"u8.CopyTo(text);
        Convert.TryToHexStringLower(bytes, text[3..], out _);
        text[length - 1] = (byte)'"';
        _bytes.Advance(length);
        return this;
    }

    /// <summary>Lists of bytes in hexadecimal, as one argument.</summary>
    public RpcArguments HexList(IEnumerable<byte[]> list) => List(list, static (arguments, bytes) => arguments.Hex(bytes));

    /// <summary>A list of whole numbers, as one argument.</summary>
    public RpcArguments NumberList(IEnumerable<long> list) => List(list, static (arguments, number) => arguments.Number(number));

    /// <summary>A hash.</summary>
    public RpcArguments Hash(in Hash256 hash) => Hex(hash.AsSpan());

    /// <summary>A hash, or null.</summary>
    public RpcArguments Hash(Hash256? hash) => hash is { } value ? Hex(value.AsSpan()) : Null();

    /// <summary>A whole number.</summary>
    public RpcArguments Number(long number)
    {
        Separate();
        Span<byte> text = _bytes.GetSpan(20);
        number.TryFormat(text, out int length);
        _bytes.Advance(length);
        return this;
    }

    /// <summary>Text.</summary>
    public RpcArguments Text(string text)
    {
        Separate();
        using Utf8JsonWriter writer = new(_bytes);
        writer.WriteStringValue(text);
        return this;
    }

    /// <summary>Nothing.</summary>
    public RpcArguments Null()
    {
        Separate();
        _bytes.Write("null"u8);
        return this;
    }

    private RpcArguments List<T>(IEnumerable<T> list, Action<RpcArguments, T> write)
    {
        Separate();
        _bytes.Write("["u8);
        _hasAny = false;
        foreach (T item in list) write(this, item);
        _bytes.Write("]"u8);
        _hasAny = true;
        return this;
    }

    private void Separate()
    {
        if (_hasAny) _bytes.Write(","u8);
        _hasAny = true;
    }
}
