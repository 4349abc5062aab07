using System.Globalization;
using System.Text;
using Phala.Codec;

namespace Phala.Tests.Runtime.Metadata;

/// <summary>A reader of metadata that knows the published layouts and nothing of the writer; it prints what it reads.</summary>
internal ref struct MetadataText
{
    private static readonly string[] Primitives = ["bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "u256", "i8", "i16", "i32", "i64", "i128", "i256"];
    private static readonly string[] Hashers = ["Blake2_128", "Blake2_256", "Blake2_128Concat", "Twox128", "Twox256", "Twox64Concat", "Identity"];

    private readonly StringBuilder _text = new();
    private ScaleReader _reader;
    private byte _version;

    private MetadataText(ReadOnlySpan<byte> bytes) => _reader = new ScaleReader(bytes);

    /// <summary>The text of metadata of version 14, 15 or 16.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        MetadataText text = new(bytes);
        text.ReadAll();
        return text._text.ToString();
    }

    private void ReadAll()
    {
        string magic = Encoding.ASCII.GetString([U8(), U8(), U8(), U8()]);
        _version = U8();
        Line(0, $"{magic} {_version}");
        Line(0, "types");
        int types = Count();
        for (int at = 0; at < types; at++) ReadType(at);
        int pallets = Count();
        for (int at = 0; at < pallets; at++) ReadPallet();
        ReadExtrinsic();
        if (_version < 16) Line(0, $"runtime type {Id()}");
        if (_version >= 15) ReadOutside();
        if (!_reader.TryFinish()) throw new InvalidDataException($"{_reader.Error} at {_reader.ErrorPosition}");
    }

    private void ReadType(int expected)
    {
        if (Id() != expected) throw new InvalidDataException("Ids are not in order.");
        string path = string.Join("::", Texts()), parameters = "";
        int count = Count();
        for (int at = 0; at < count; at++) parameters += $"{(at == 0 ? "<" : ", ")}{Text()} = {(U8() == 1 ? Number(Id()) : "-")}{(at == count - 1 ? ">" : "")}";
        byte kind = U8();
        string head = $"{expected} {path}{parameters}".TrimEnd();
        switch (kind)
        {
            case 0:
                Line(1, $"{head} composite {Fields()}");
                break;
            case 1:
                Line(1, $"{head} variant");
                ReadVariants();
                break;
            case 2:
                Line(1, $"{head} sequence of {Id()}");
                break;
            case 3:
                Line(1, $"{head} array of {U32()} times {Id()}");
                break;
            case 4:
                Line(1, $"{head} tuple {Ids()}");
                break;
            case 5:
                Line(1, $"{head} {Primitives[U8()]}");
                break;
            case 6:
                Line(1, $"{head} compact {Id()}");
                break;
            default:
                throw new InvalidDataException($"Kind {kind}.");
        }

        Docs(2);
    }

    private void ReadVariants()
    {
        int count = Count();
        for (int at = 0; at < count; at++)
        {
            string name = Text(), fields = Fields();
            Line(2, $"{U8()} {name} {fields}".TrimEnd());
            Docs(3);
        }
    }

    private string Fields()
    {
        int count = Count();
        List<string> fields = [];
        for (int at = 0; at < count; at++)
        {
            string name = U8() == 1 ? Text() : "_";
            int type = Id();
            string typeName = U8() == 1 ? $" {Text()}" : "", docs = string.Join(" / ", Texts());
            fields.Add($"{name}: {type}{typeName}{(docs.Length > 0 ? $" \"{docs}\"" : "")}");
        }

        return count == 0 ? "" : $"({string.Join(", ", fields)})";
    }

    private void ReadPallet()
    {
        string name = Text();
        Line(0, $"pallet {name}");
        if (U8() == 1) ReadStorage();
        ReadEnum("calls");
        ReadEnum("events");
        int constants = Count();
        for (int at = 0; at < constants; at++)
        {
            Line(1, $"constant {Text()}: {Id()} = {Bytes()}");
            Docs(2);
            Deprecation();
        }

        ReadEnum("errors");
        if (_version >= 16) Line(1, $"associated types {Count()}, view functions {Count()}");
        Line(1, $"index {U8()}");
        if (_version >= 15) Docs(1);
        Deprecation();
    }

    private void ReadStorage()
    {
        Line(1, $"storage prefix {Text()}");
        int count = Count();
        for (int at = 0; at < count; at++)
        {
            string name = Text(), modifier = U8() == 0 ? "optional" : "default", type = "";
            bool isMap = U8() == 1;
            if (isMap)
            {
                int hashers = Count();
                for (int hasher = 0; hasher < hashers; hasher++) type += $"{Hashers[U8()]} ";
                type += $"{Id()} → ";
            }

            Line(2, $"{name}: {type}{Id()} {modifier} {Bytes()}");
            Docs(3);
            Deprecation();
        }
    }

    private void ReadEnum(string what)
    {
        if (U8() == 0) return;
        Line(1, $"{what} {Id()}");
        Deprecation();
    }

    private void ReadExtrinsic()
    {
        Line(0, "extrinsic");
        if (_version == 14) Line(1, $"type {Id()}");
        if (_version == 16 && Count() != 1) throw new InvalidDataException("One version is expected.");
        Line(1, $"version {U8()}");
        if (_version >= 15) Line(1, $"address {Id()}, call {Id()}, signature {Id()}");
        if (_version == 15) Line(1, $"extra {Id()}");
        if (_version == 16 && Count() != 1) throw new InvalidDataException("One set of extensions is expected.");
        if (_version == 16) Line(1, $"extensions of version {U8()}: {Ids()}");
        int count = Count();
        for (int at = 0; at < count; at++) Line(1, $"extension {Text()}: {Id()}, implied {Id()}");
    }

    private void ReadOutside()
    {
        int apis = Count();
        for (int at = 0; at < apis; at++)
        {
            Line(0, $"api {Text()}");
            int methods = Count();
            for (int method = 0; method < methods; method++)
            {
                string name = Text(), inputs = "";
                int count = Count();
                for (int input = 0; input < count; input++) inputs += $"{(input == 0 ? "" : ", ")}{Text()}: {Id()}";
                Line(1, $"{name}({inputs}): {Id()}");
                Docs(2);
                Deprecation();
            }

            Docs(1);
            if (_version >= 16) Line(1, $"version {Id()}");
            Deprecation();
        }

        Line(0, $"outer enums: call {Id()}, event {Id()}, error {Id()}; custom values {Count()}");
    }

    private void Deprecation()
    {
        if (_version >= 16 && U8() != 0) throw new InvalidDataException("Something is deprecated.");
    }

    private void Docs(int depth)
    {
        foreach (string line in Texts()) Line(depth, $"/// {line}".TrimEnd());
    }

    private string[] Texts()
    {
        string[] texts = new string[Count()];
        for (int at = 0; at < texts.Length; at++) texts[at] = Text();
        return texts;
    }

    private string Ids()
    {
        int count = Count();
        List<int> ids = [];
        for (int at = 0; at < count; at++) ids.Add(Id());
        return $"({string.Join(", ", ids)})";
    }

    private string Text() => Encoding.UTF8.GetString(Sequence());

    private string Bytes() => Hex.Format(Sequence());

    private ReadOnlySpan<byte> Sequence() => _reader.TryReadByteSequence(out ReadOnlySpan<byte> bytes) ? bytes : throw Broken();

    private int Count() => Id();

    private int Id() => _reader.TryReadCompactUInt32(out uint id) ? (int)id : throw Broken();

    private uint U32() => _reader.TryReadUInt32(out uint value) ? value : throw Broken();

    private byte U8() => _reader.TryReadByte(out byte value) ? value : throw Broken();

    private readonly InvalidDataException Broken() => new($"{_reader.Error} at {_reader.ErrorPosition}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private readonly void Line(int depth, string line) => _text.Append(' ', depth * 2).Append(line).Append('\n');
}
