using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes the codec of an enum, which stands beside it: an enum cannot have members of its own.</summary>
internal static class EnumEmitter
{
    internal static void Emit(CodeWriter code, TypeModel model)
    {
        code.Line($"/// <summary>How <see cref=\"{model.SelfType}\"/> is written: one byte, the value of the member. Writing a value without a member throws.</summary>");
        code.Open($"{model.Access} readonly struct {model.Name}Codec : {KnownNames.Root}.IScaleCodec<{model.SelfType}>");
        code.Line("/// <inheritdoc/>");
        code.Line("public static int MinimumLength => 1;");
        code.Member();
        code.Line("public static bool IsFixedLength => true;");

        code.Member();
        code.Open($"public static bool TryDecode(ref {KnownNames.Root}.ScaleReader reader, out {model.SelfType} value)");
        code.Line("int start = reader.Position;");
        code.Line("bool read = reader.TryReadByte(out byte index);");
        code.Line($"bool isMember = read && IsMember(({model.SelfType})index);");
        code.Line($"value = isMember ? ({model.SelfType})index : default;");
        code.Line($"return isMember || reader.FailAt({KnownNames.Root}.ScaleError.UnknownVariant, start);");
        code.Close();

        code.Member();
        code.Open($"public static void Encode(ref {KnownNames.Root}.ScaleWriter writer, in {model.SelfType} value)");
        code.Line("if (!IsMember(value)) throw new global::System.ArgumentOutOfRangeException(nameof(value), value, \"The value has no member.\");");
        code.Line("writer.WriteByte((byte)value);");
        code.Close();

        code.Member();
        code.Line($"public static int EncodedLength(in {model.SelfType} value) => 1;");
        code.Member();
        code.Line($"public static int Compare(in {model.SelfType} left, in {model.SelfType} right) => ((byte)left).CompareTo((byte)right);");
        DescriptionEmitter.Emit(code, model);

        code.Line();
        string members = string.Join(" or ", model.Variants.Select(variant => $"{model.SelfType}.{variant.CodeName}"));
        code.Line($"private static bool IsMember({model.SelfType} value) => value is {members};");
        code.Close();
    }
}
