using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes the description that metadata needs.</summary>
internal static class DescriptionEmitter
{
    private const string Bytes = $"registry.Array(Size, {KnownNames.Codecs}.U8Codec.Describe(registry))";

    internal static void Emit(CodeWriter code, TypeModel model)
    {
        code.Member();
        code.Line($"public static int Describe({KnownNames.TypeInfo}.TypeRegistryBuilder registry) =>");
        if (model.Path.Count == 0 && Anonymous(model) is { } anonymous)
        {
            code.Line($"    {anonymous};");
            return;
        }

        code.Line($"    registry.Named(typeof({model.SelfType}), static registry => new {KnownNames.TypeInfo}.TypeDescription(");
        code.Line($"        {Literal.Texts(model.Path)},");
        code.Line($"        [{string.Join(", ", model.TypeParameters.Select(Parameter))}],");
        EmitDefinition(code, model);
        code.Line($"        {Literal.Texts(model.Docs)}));");
    }

    /// <summary>What a type without a name is in metadata: bytes their array, unnamed fields their tuple. Others have none such.</summary>
    private static string? Anonymous(TypeModel model) => model.Shape switch
    {
        Shape.FixedBytes => Bytes,
        Shape.Record when model.Body.IsUnnamed => $"registry.Tuple([{string.Join(", ", model.Body.Fields.Select(static field => $"{field.Codec}.Describe(registry)"))}])",
        _ => null,
    };

    private static string Parameter(ParameterModel parameter) => $"new {KnownNames.TypeInfo}.TypeParameter({Literal.Text(parameter.Name)}, {parameter.Codec}.Describe(registry))";

    private static void EmitDefinition(CodeWriter code, TypeModel model)
    {
        if (model.Shape == Shape.FixedBytes)
        {
            code.Line($"        new {KnownNames.TypeInfo}.TypeDefinition.Composite([new {KnownNames.TypeInfo}.TypeField(null, {Bytes}, {Literal.Text($"[u8; {model.FixedLength}]")}, [])]),");
        }
        else if (model.Shape == Shape.Record)
        {
            code.Line($"        new {KnownNames.TypeInfo}.TypeDefinition.Composite([");
            foreach (FieldModel field in model.Body.Fields) code.Line($"            {Field(model.Body, field)},");
            code.Line("        ]),");
        }
        else
        {
            code.Line($"        new {KnownNames.TypeInfo}.TypeDefinition.Variant([");
            foreach (VariantModel variant in model.Variants) code.Line($"            {Variant(variant)},");
            code.Line("        ]),");
        }
    }

    private static string Variant(VariantModel variant) =>
        $"new {KnownNames.TypeInfo}.TypeVariant({Literal.Text(variant.Name)}, [{string.Join(", ", variant.Body.Fields.Select(field => Field(variant.Body, field)))}], {variant.Index}, {Literal.Texts(variant.Docs)})";

    private static string Field(BodyModel body, FieldModel field) =>
        $"new {KnownNames.TypeInfo}.TypeField({(body.IsUnnamed ? "null" : Literal.Text(field.RustName))}, {field.Codec}.Describe(registry), {Literal.Text(field.RustType)}, {Literal.Texts(field.Docs)})";
}
