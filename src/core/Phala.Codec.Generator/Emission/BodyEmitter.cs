using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes what records and cases of unions have in common: fields one after the other.</summary>
internal static class BodyEmitter
{
    /// <summary>The least encoded length of all fields together, as an expression.</summary>
    internal static string MinimumLength(BodyModel body) => Joined(body, " + ", static field => $"{field.Codec}.MinimumLength", "0");

    /// <summary>Whether all fields have a fixed length, as an expression.</summary>
    internal static string IsFixedLength(BodyModel body) => Joined(body, " && ", static field => $"{field.Codec}.IsFixedLength", "true");

    /// <summary>The encoded length of the fields of a value, as an expression.</summary>
    internal static string EncodedLength(BodyModel body, string value) =>
        Joined(body, " + ", field => $"{field.Codec}.EncodedLength({value}.{field.Name})", "0");

    /// <summary>Statements that read the fields, set <c>value</c> and return.</summary>
    internal static void Decode(CodeWriter code, BodyModel body, string type, bool leaves)
    {
        for (int at = 0; at < body.Fields.Count; at++)
        {
            string start = at == 0 ? "if (" : "    && ", end = at == body.Fields.Count - 1 ? ")" : "";
            code.Line($"{start}{body.Fields[at].Codec}.TryDecode(ref reader, out var field{at}){end}");
        }

        if (body.Fields.Count > 0) code.Open();
        code.Line($"value = {New(body, type)};");
        if (leaves) code.Line("reader.Leave();");
        code.Line("return true;");
        if (body.Fields.Count == 0) return;
        code.Close();
        code.Line();
        code.Line("value = default!;");
        code.Line("return false;");
    }

    /// <summary>Statements that write the fields of a value.</summary>
    internal static void Encode(CodeWriter code, BodyModel body, string value)
    {
        foreach (FieldModel field in body.Fields) code.Line($"{field.Codec}.Encode(ref writer, {value}.{field.Name});");
    }

    /// <summary>Statements that compare two values field by field and return.</summary>
    internal static void Compare(CodeWriter code, BodyModel body, string left, string right)
    {
        for (int at = 0; at < body.Fields.Count - 1; at++)
        {
            FieldModel field = body.Fields[at];
            code.Line($"int order{at} = {field.Codec}.Compare({left}.{field.Name}, {right}.{field.Name});");
            code.Line($"if (order{at} != 0) return order{at};");
        }

        if (body.Fields.Count == 0) code.Line("return 0;");
        else code.Line($"return {body.Fields[body.Fields.Count - 1].Codec}.Compare({left}.{body.Fields[body.Fields.Count - 1].Name}, {right}.{body.Fields[body.Fields.Count - 1].Name});");
    }

    private static string New(BodyModel body, string type) => body.IsPositional || body.Fields.Count == 0
        ? $"new {type}({string.Join(", ", body.Fields.Select(static (_, at) => $"field{at}"))})"
        : $"new {type} {{ {string.Join(", ", body.Fields.Select(static (field, at) => $"{field.Name} = field{at}"))} }}";

    private static string Joined(BodyModel body, string operation, Func<FieldModel, string> part, string empty) =>
        body.Fields.Count == 0 ? empty : string.Join(operation, body.Fields.Select(part));
}
