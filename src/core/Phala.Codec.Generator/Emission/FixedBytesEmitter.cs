using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes a value of so many opaque bytes: storage, comparison, text and codec.</summary>
internal static class FixedBytesEmitter
{
    internal static void Emit(CodeWriter code, TypeModel model)
    {
        string self = model.SelfType;
        code.Open($"{model.Header} : {KnownNames.Root}.IScale<{self}>, global::System.IEquatable<{self}>, global::System.IComparable<{self}>");
        code.Line($"/// <summary>The number of bytes.</summary>");
        code.Line($"public const int Size = {model.FixedLength};");
        EmitStorage(code, self);
        EmitComparison(code, self);
        EmitText(code, self);
        EmitCodec(code, self);
        DescriptionEmitter.Emit(code, model);
        code.Line();
        code.Open("[global::System.Runtime.CompilerServices.InlineArray(Size)] private struct Storage");
        code.Line("private byte _first;");
        code.Close();
        code.Close();
    }

    private static void EmitStorage(CodeWriter code, string self)
    {
        code.Line();
        code.Line("private readonly Storage _bytes;");
        code.Line();
        code.Line("/// <summary>Copies the bytes, of which there must be exactly <see cref=\"Size\"/>.</summary>");
        code.Open($"public {self}(global::System.ReadOnlySpan<byte> bytes)");
        code.Line("if (bytes.Length != Size) throw new global::System.ArgumentException($\"There are {bytes.Length} bytes instead of {Size}.\", nameof(bytes));");
        code.Line("_bytes = global::System.Runtime.InteropServices.MemoryMarshal.Read<Storage>(bytes);");
        code.Close();
        code.Line();
        code.Line("/// <summary>The bytes.</summary>");
        code.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        code.Line("public global::System.ReadOnlySpan<byte> AsSpan() => _bytes;");
        code.Line();
        code.Line("/// <summary>A copy of the bytes.</summary>");
        code.Line("public byte[] ToArray() => AsSpan().ToArray();");
    }

    private static void EmitComparison(CodeWriter code, string self)
    {
        code.Member();
        code.Line($"public bool Equals({self} other) => global::System.MemoryExtensions.SequenceEqual(AsSpan(), other.AsSpan());");
        code.Member();
        code.Line($"public override bool Equals(object? obj) => obj is {self} other && Equals(other);");
        code.Member();
        code.Line($"public override int GetHashCode() => {KnownNames.Root}.FixedBytes.HashCode(AsSpan());");
        code.Line();
        code.Line("/// <summary>Byte by byte, from the first.</summary>");
        code.Line($"public int CompareTo({self} other) => global::System.MemoryExtensions.SequenceCompareTo(AsSpan(), other.AsSpan());");
        foreach (string symbol in new[] { "==", "!=" })
        {
            code.Line();
            code.Line($"/// <summary>Whether the bytes are {(symbol == "==" ? "equal" : "different")}.</summary>");
            code.Line($"public static bool operator {symbol}({self} left, {self} right) => {(symbol == "==" ? "" : "!")}left.Equals(right);");
        }

        foreach (string symbol in new[] { "<", "<=", ">", ">=" })
        {
            string words = symbol.Replace("=", "").Replace("<", "before").Replace(">", "after") + (symbol.Length == 2 ? " or equal to" : "");
            code.Line();
            code.Line($"/// <summary>Whether the left bytes come {words} the right ones.</summary>");
            code.Line($"public static bool operator {symbol}({self} left, {self} right) => left.CompareTo(right) {symbol} 0;");
        }
    }

    private static void EmitText(CodeWriter code, string self)
    {
        code.Line();
        code.Line("/// <summary>Hexadecimal digits after 0x.</summary>");
        code.Line($"public override string ToString() => {KnownNames.Root}.Hex.Format(AsSpan());");
        code.Line();
        code.Line("/// <summary>Reads hexadecimal digits after 0x; false where the text is anything else or of another length.</summary>");
        code.Open($"public static bool TryParse(global::System.ReadOnlySpan<char> text, out {self} value)");
        code.Line("global::System.Span<byte> bytes = stackalloc byte[Size];");
        code.Line($"bool read = {KnownNames.Root}.Hex.Parse(text, bytes) == {KnownNames.Root}.HexError.None;");
        code.Line($"value = read ? new {self}(bytes) : default;");
        code.Line("return read;");
        code.Close();
    }

    private static void EmitCodec(CodeWriter code, string self)
    {
        const string Inline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";
        code.Member();
        code.Line("public static int MinimumLength => Size;");
        code.Member();
        code.Line("public static bool IsFixedLength => true;");
        code.Member();
        code.Line(Inline);
        code.Open($"public static bool TryDecode(ref {KnownNames.Root}.ScaleReader reader, out {self} value)");
        code.Line("bool read = reader.TryReadSpan(Size, out global::System.ReadOnlySpan<byte> bytes);");
        code.Line($"value = read ? new {self}(bytes) : default;");
        code.Line("return read;");
        code.Close();
        code.Member();
        code.Line(Inline);
        code.Line($"public static void Encode(ref {KnownNames.Root}.ScaleWriter writer, in {self} value) => writer.WriteSpan(value.AsSpan());");
        code.Member();
        code.Line($"public static int EncodedLength(in {self} value) => Size;");
        code.Member();
        code.Line($"public static int Compare(in {self} left, in {self} right) => left.CompareTo(right);");
    }
}
