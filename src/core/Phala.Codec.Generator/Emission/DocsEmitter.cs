using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes the documentation of a class as data.</summary>
internal static class DocsEmitter
{
    internal static string Emit(DocsModel model)
    {
        CodeWriter code = new();
        TypeEmitter.EmitFileStart(code, model.Namespace);
        foreach (string header in model.Headers) code.Open(header);
        code.Line("/// <summary>What the comments of the class and its fields say.</summary>");
        code.Line($"private static {KnownNames.TypeInfo}.ClassDocs Docs => new(");
        code.Line($"    {Literal.Texts(model.Summary)},");
        code.Line("    new global::System.Collections.Generic.Dictionary<string, global::System.Collections.Generic.IReadOnlyList<string>>");
        code.Line("    {");
        foreach (DocumentedField field in model.Fields) code.Line($"        [{Literal.Text(field.Name)}] = {Literal.Texts(field.Docs)},");
        code.Line("    });");
        foreach (string _ in model.Headers) code.Close();
        return code.ToString();
    }
}
