using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes the codec of a record or struct.</summary>
internal static class RecordEmitter
{
    internal static void Emit(CodeWriter code, TypeModel model)
    {
        code.Line("/// <inheritdoc/>");
        code.Line($"public static int MinimumLength => {BodyEmitter.MinimumLength(model.Body)};");
        code.Member();
        code.Line($"public static bool IsFixedLength => {BodyEmitter.IsFixedLength(model.Body)};");

        code.Member();
        code.Open($"public static bool TryDecode(ref {KnownNames.Root}.ScaleReader reader, [global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out {model.SelfType} value)");
        if (model.IsRecursive)
        {
            code.Line("value = default!;");
            code.Line("if (!reader.TryEnter()) return false;");
        }

        BodyEmitter.Decode(code, model.Body, model.SelfType, leaves: model.IsRecursive);
        code.Close();

        code.Member();
        code.Open($"public static void Encode(ref {KnownNames.Root}.ScaleWriter writer, in {model.SelfType} value)");
        BodyEmitter.Encode(code, model.Body, "value");
        code.Close();

        code.Member();
        code.Line($"public static int EncodedLength(in {model.SelfType} value) => {BodyEmitter.EncodedLength(model.Body, "value")};");

        code.Member();
        code.Open($"public static int Compare(in {model.SelfType} left, in {model.SelfType} right)");
        BodyEmitter.Compare(code, model.Body, "left", "right");
        code.Close();
    }
}
