using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes the codec of a union: the index byte, then the fields of the case.</summary>
internal static class UnionEmitter
{
    internal static void Emit(CodeWriter code, TypeModel model)
    {
        EmitLengths(code, model);
        EmitDecode(code, model);
        EmitEncode(code, model);
        EmitCompare(code, model);
        foreach (VariantModel variant in model.Variants) EmitCase(code, model, variant);
    }

    private static void EmitLengths(CodeWriter code, TypeModel model)
    {
        // A recursive union cannot ask its cases: their least lengths would ask for its own.
        string least = model.IsRecursive || model.Variants.Any(static variant => variant.Body.Fields.Count == 0)
            ? "1"
            : "1 + " + model.Variants.Select(static variant => BodyEmitter.MinimumLength(variant.Body))
                .Aggregate(static (one, other) => $"global::System.Math.Min({one}, {other})");
        code.Line("/// <inheritdoc/>");
        code.Line($"public static int MinimumLength => {least};");
        code.Member();
        code.Line("public static bool IsFixedLength => false;");
        code.Member();
        code.Open($"public static int EncodedLength(in {model.SelfType} value) => value switch");
        foreach (VariantModel variant in model.Variants)
        {
            code.Line(variant.Body.Fields.Count == 0
                ? $"{variant.CodeName} => 1,"
                : $"{variant.CodeName} item => 1 + {BodyEmitter.EncodedLength(variant.Body, "item")},");
        }

        code.Line("_ => throw NoCase(value),");
        code.Close(";");
    }

    private static void EmitDecode(CodeWriter code, TypeModel model)
    {
        code.Member();
        code.Open($"public static bool TryDecode(ref {KnownNames.Root}.ScaleReader reader, [global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out {model.SelfType} value)");
        code.Line("value = default!;");
        if (model.IsRecursive) code.Line("if (!reader.TryEnter()) return false;");
        code.Line("int start = reader.Position;");
        code.Line("if (!reader.TryReadByte(out byte index)) return false;");
        code.Open("switch (index)");
        foreach (VariantModel variant in model.Variants)
        {
            code.Line($"case {variant.Index}: return TryDecode{variant.Name}(ref reader, out value);");
        }

        code.Line($"default: return reader.FailAt({KnownNames.Root}.ScaleError.UnknownVariant, start);");
        code.Close();
        code.Close();
    }

    private static void EmitEncode(CodeWriter code, TypeModel model)
    {
        code.Member();
        code.Open($"public static void Encode(ref {KnownNames.Root}.ScaleWriter writer, in {model.SelfType} value)");
        code.Open("switch (value)");
        foreach (VariantModel variant in model.Variants)
        {
            code.Line(variant.Body.Fields.Count == 0 ? $"case {variant.CodeName}:" : $"case {variant.CodeName} item{variant.Index}:");
            code.Line($"    writer.WriteByte({variant.Index});");
            foreach (FieldModel field in variant.Body.Fields) code.Line($"    {field.Codec}.Encode(ref writer, item{variant.Index}.{field.Name});");
            code.Line("    break;");
        }

        code.Line("default: throw NoCase(value);");
        code.Close();
        code.Close();
    }

    private static void EmitCompare(CodeWriter code, TypeModel model)
    {
        code.Member();
        code.Open($"public static int Compare(in {model.SelfType} left, in {model.SelfType} right)");
        code.Open("switch (left, right)");
        foreach (VariantModel variant in model.Variants.Where(static variant => variant.Body.Fields.Count > 0))
        {
            code.Line($"case ({variant.CodeName} a, {variant.CodeName} b): return Compare{variant.Name}(a, b);");
        }

        code.Line("default: return IndexOf(left).CompareTo(IndexOf(right));");
        code.Close();
        code.Close();
        code.Line();
        code.Open($"private static byte IndexOf({model.SelfType} value) => value switch");
        foreach (VariantModel variant in model.Variants) code.Line($"{variant.CodeName} => {variant.Index},");
        code.Line("_ => throw NoCase(value),");
        code.Close(";");
        code.Line();
        code.Line($"private static global::System.InvalidOperationException NoCase({model.SelfType}? value) =>");
        code.Line("    new($\"{value?.GetType().ToString() ?? \"null\"} is no case with an index.\");");
    }

    private static void EmitCase(CodeWriter code, TypeModel model, VariantModel variant)
    {
        bool isEmpty = variant.Body.Fields.Count == 0;
        code.Line();
        if (isEmpty)
        {
            code.Line($"private static readonly {variant.CodeName} The{variant.Name} = new();");
            code.Line();
        }

        code.Open($"private static bool TryDecode{variant.Name}(ref {KnownNames.Root}.ScaleReader reader, out {model.SelfType} value)");
        if (isEmpty)
        {
            if (model.IsRecursive) code.Line("reader.Leave();");
            code.Line($"value = The{variant.Name};");
            code.Line("return true;");
        }
        else
        {
            BodyEmitter.Decode(code, variant.Body, variant.CodeName, leaves: model.IsRecursive);
        }

        code.Close();
        if (isEmpty) return;
        code.Line();
        code.Open($"private static int Compare{variant.Name}({variant.CodeName} left, {variant.CodeName} right)");
        BodyEmitter.Compare(code, variant.Body, "left", "right");
        code.Close();
    }
}
