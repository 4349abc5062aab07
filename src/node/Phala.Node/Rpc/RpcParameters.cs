using Phala.Node.Rpc.Messages;
using Phala.Trie;

namespace Phala.Node.Rpc;

/// <summary>
/// Reads a call's parameters, one after the other, each once. By position, as all clients of Substrate send them, or by name where the caller sent an object; the
/// members of an object among the parameters are read by the same class. What is left out and what is null are the same; what follows the last one read is ignored.
/// </summary>
/// <remarks>
/// No accessor throws. The first that fails leaves an <see cref="Error"/> that names the parameter, and all that follow fail too, so that a handler reads
/// <code>
/// if (!(parameters.TryHex("key", out byte[] key) &amp;&amp; parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
/// </code>
/// </remarks>
public sealed class RpcParameters
{
    private const string Hex = "bytes in hexadecimal with 0x", Hash = "32 bytes in hexadecimal with 0x", BlockNumber = "a block number",
        UInt32 = "a whole number below 2^32", UInt64 = "a whole number below 2^64", Boolean = "true or false", Text = "a string",
        HexList = "a list of bytes in hexadecimal with 0x", HashList = "one hash or a list of hashes", NumberList = "one block number or a list of them",
        ObjectList = "a list of objects", AnyValue = "a value";

    private ReadOnlyMemory<byte> _text;
    private int _position;
    private bool _byName;

    /// <summary>No parameters.</summary>
    internal RpcParameters()
    {
    }

    /// <summary>The error of the accessor that failed, or null.</summary>
    public RpcError? Error { get; private set; }

    /// <summary>Takes other parameters: a valid JSON array or object, or nothing. The bytes must not change while they are read.</summary>
    internal void Reset(ReadOnlyMemory<byte> text)
    {
        _text = text;
        _position = 1;
        _byName = !text.IsEmpty && text.Span[0] == (byte)'{';
        Error = null;
    }

    /// <summary>Bytes; the empty string and <c>0x</c> are no bytes.</summary>
    public bool TryHex(string name, out byte[] bytes)
    {
        bytes = [];
        return TryTake(name, Hex, out ReadOnlySpan<byte> value) && (ValueText.TryHex(value, out bytes) || Fail(name, Hex));
    }

    /// <summary>Bytes, or null where they are left out.</summary>
    public bool TryOptionalHex(string name, out byte[]? bytes)
    {
        bytes = null;
        return !TryFind(name, out ReadOnlySpan<byte> value) ? Error is null : ValueText.TryHex(value, out bytes) || Fail(name, Hex);
    }

    /// <summary>A hash.</summary>
    public bool TryHash(string name, out Hash256 hash)
    {
        hash = default;
        return TryTake(name, Hash, out ReadOnlySpan<byte> value) && (ValueText.TryHash(value, out hash) || Fail(name, Hash));
    }

    /// <summary>A hash, or null where it is left out.</summary>
    public bool TryOptionalHash(string name, out Hash256? hash)
    {
        hash = null;
        if (!TryFind(name, out ReadOnlySpan<byte> value)) return Error is null;
        if (!ValueText.TryHash(value, out Hash256 found)) return Fail(name, Hash);
        hash = found;
        return true;
    }

    /// <summary>A block number: a JSON number, or a string of decimal or, with <c>0x</c>, hexadecimal digits.</summary>
    public bool TryBlockNumber(string name, out ulong number)
    {
        number = 0;
        return TryTake(name, BlockNumber, out ReadOnlySpan<byte> value) && (ValueText.TryNumberOrText(value, out number) || Fail(name, BlockNumber));
    }

    /// <summary>One block number or a list of them; null where they are left out. <paramref name="isList"/> tells which it was, for the result has the same form.</summary>
    public bool TryOptionalBlockNumbers(string name, out ulong[]? numbers, out bool isList) =>
        TryOptionalOneOrMore(name, NumberList, ValueText.TryNumberOrText, out numbers, out isList);

    /// <summary>One hash or a list of hashes.</summary>
    public bool TryHashes(string name, out Hash256[] hashes)
    {
        bool found = TryOptionalOneOrMore(name, HashList, ValueText.TryHash, out Hash256[]? some, out _);
        hashes = some ?? [];
        return found && (some is not null || Fail(name, HashList));
    }

    /// <summary>A whole number of 32 bits.</summary>
    public bool TryUInt32(string name, out uint number)
    {
        number = 0;
        return TryTake(name, UInt32, out ReadOnlySpan<byte> value) && TryNarrow(name, value, out number);
    }

    /// <summary>A whole number of 32 bits, or null where it is left out.</summary>
    public bool TryOptionalUInt32(string name, out uint? number)
    {
        number = null;
        if (!TryFind(name, out ReadOnlySpan<byte> value)) return Error is null;
        if (!TryNarrow(name, value, out uint found)) return false;
        number = found;
        return true;
    }

    /// <summary>A whole number of 64 bits.</summary>
    public bool TryUInt64(string name, out ulong number)
    {
        number = 0;
        return TryTake(name, UInt64, out ReadOnlySpan<byte> value) && (ValueText.TryUInt64(value, out number) || Fail(name, UInt64));
    }

    /// <summary>True or false.</summary>
    public bool TryBoolean(string name, out bool flag)
    {
        flag = false;
        return TryTake(name, Boolean, out ReadOnlySpan<byte> value) && (ValueText.TryBoolean(value, out flag) || Fail(name, Boolean));
    }

    /// <summary>True or false, or this where it is left out.</summary>
    public bool TryOptionalBoolean(string name, bool otherwise, out bool flag)
    {
        flag = otherwise;
        return !TryFind(name, out ReadOnlySpan<byte> value) ? Error is null : ValueText.TryBoolean(value, out flag) || Fail(name, Boolean);
    }

    /// <summary>A string.</summary>
    public bool TryString(string name, out string text)
    {
        text = "";
        return TryTake(name, Text, out ReadOnlySpan<byte> value) && (ValueText.TryString(value, out text) || Fail(name, Text));
    }

    /// <summary>A string, or null where it is left out.</summary>
    public bool TryOptionalString(string name, out string? text)
    {
        text = null;
        return !TryFind(name, out ReadOnlySpan<byte> value) ? Error is null : ValueText.TryString(value, out text) || Fail(name, Text);
    }

    /// <summary>A list of bytes, such as storage keys.</summary>
    public bool TryHexList(string name, out byte[][] list)
    {
        list = [];
        return TryTake(name, HexList, out ReadOnlySpan<byte> value) && (ValueText.TryList(value, ValueText.TryHex, out list) || Fail(name, HexList));
    }

    /// <summary>A list of bytes, or null where it is left out.</summary>
    public bool TryOptionalHexList(string name, out byte[][]? list)
    {
        list = null;
        return !TryFind(name, out ReadOnlySpan<byte> value) ? Error is null : ValueText.TryList(value, ValueText.TryHex, out list) || Fail(name, HexList);
    }

    /// <summary>A list of objects, whose members are read by their names.</summary>
    public bool TryObjectList(string name, out RpcParameters[] list)
    {
        list = [];
        return TryTake(name, ObjectList, out ReadOnlySpan<byte> value) && (ValueText.TryList(value, TryObject, out list) || Fail(name, ObjectList));
    }

    /// <summary>A list of objects, or null where it is left out.</summary>
    public bool TryOptionalObjectList(string name, out RpcParameters[]? list)
    {
        list = null;
        return !TryFind(name, out ReadOnlySpan<byte> value) ? Error is null : ValueText.TryList(value, TryObject, out list) || Fail(name, ObjectList);
    }

    /// <summary>A value of any kind, as the JSON text that was sent.</summary>
    public bool TryJson(string name, out byte[] json)
    {
        bool found = TryTake(name, AnyValue, out ReadOnlySpan<byte> value);
        json = value.ToArray();
        return found;
    }

    /// <summary>Leaves an error on a parameter whose kind is right and whose value is not. Always false.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="expected">What it should be, such as "PERSISTENT or LOCAL".</param>
    public bool Fail(string name, string expected)
    {
        Error ??= RpcError.InvalidParameter(name, expected);
        return false;
    }

    // The list is read after the call's buffer may be gone: each object has its own copy.
    private static bool TryObject(ReadOnlySpan<byte> value, out RpcParameters members)
    {
        members = new RpcParameters();
        if (value[0] != (byte)'{') return false;
        members.Reset(value.ToArray());
        return true;
    }

    private bool TryOptionalOneOrMore<T>(string name, string expected, ValueText.Parser<T> parser, out T[]? found, out bool isList)
    {
        found = null;
        isList = false;
        if (!TryFind(name, out ReadOnlySpan<byte> value)) return Error is null;
        isList = value[0] == (byte)'[';
        if (isList) return ValueText.TryList(value, parser, out found) || Fail(name, expected);
        if (!parser(value, out T single)) return Fail(name, expected);
        found = [single];
        return true;
    }

    private bool TryNarrow(string name, ReadOnlySpan<byte> value, out uint number)
    {
        bool fits = ValueText.TryUInt64(value, out ulong wide) && wide <= uint.MaxValue;
        number = fits ? (uint)wide : 0;
        return fits || Fail(name, UInt32);
    }

    private bool TryTake(string name, string expected, out ReadOnlySpan<byte> value) => TryFind(name, out value) || Fail(name, expected);

    // False where the parameter is left out or null, and after an error.
    private bool TryFind(string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_text.IsEmpty || Error is not null) return false;
        bool found = _byName ? TryFindMember(name, out value) : TryFindNext(out value);
        return found && !value.SequenceEqual("null"u8);
    }

    private bool TryFindNext(out ReadOnlySpan<byte> value)
    {
        value = default;
        JsonScanner scanner = new(_text.Span) { Position = _position };
        if (scanner.Peek() == (byte)']') return false;
        int start = scanner.Position;
        if (!scanner.TrySkipValue()) return false;
        value = _text.Span[start..scanner.Position];
        scanner.TrySkip((byte)',');
        _position = scanner.Position;
        return true;
    }

    private bool TryFindMember(string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        JsonScanner scanner = new(_text.Span) { Position = 1 };
        while (scanner.TryReadString(out ReadOnlySpan<byte> member) && scanner.TrySkip((byte)':'))
        {
            scanner.Peek();
            int start = scanner.Position;
            if (!scanner.TrySkipValue()) return false;
            if (IsNamed(member, name))
            {
                value = _text.Span[start..scanner.Position];
                return true;
            }

            scanner.TrySkip((byte)',');
        }

        return false;
    }

    // Names of parameters are ASCII without escapes.
    private static bool IsNamed(ReadOnlySpan<byte> member, string name)
    {
        if (member.Length != name.Length) return false;
        for (int at = 0; at < name.Length; at++)
        {
            if (member[at] != name[at]) return false;
        }

        return true;
    }
}
