using Phala.Codec.Generator.Emission;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Emission;

/// <summary>Writes one class for each kind of value, map and vector that is stored, with the code for its types.</summary>
internal static class StorageEmitter
{
    internal const string HintName = "Storage.g.cs";

    /// <summary>The SDK's class, which the property has as its type.</summary>
    internal static string BaseOf(StoredModel stored) => $"{KnownNames.GlobalStorage}.{stored.Kind}<{(stored.MapKey is { } key ? key.CSharp + ", " : "")}{stored.Value.CSharp}>";

    /// <summary>The generated class.</summary>
    internal static string NameOf(StoredModel stored) => $"{stored.Kind}{(stored.MapKey is { } key ? "_" + TypeCode.Identifier(key) : "")}_{TypeCode.Identifier(stored.Value)}";

    internal static string Emit(IEnumerable<StoredModel> stored)
    {
        CodeWriter code = FileStart.New();
        code.Line("namespace Phala.Contracts.Generated;");
        foreach (StoredModel each in stored.GroupBy(NameOf).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => group.First())) Emit(code, each);
        return code.ToString();
    }

    private static void Emit(CodeWriter code, StoredModel stored)
    {
        (TypeModel value, TypeModel content) = (stored.Value, stored.Content);
        code.Line();
        code.Open($"internal sealed class {NameOf(stored)}(uint key) : {BaseOf(stored)}(key)");
        code.Line($"protected override int Size => {content.Size};");
        code.Line();
        if (stored.MapKey is { } at)
        {
            code.Line($"protected override void EncodeKey({FileStart.Encoder} output, {at.CSharp} at)");
            Block(code, TypeCode.Write(at, "output", "at"));
        }

        code.Line($"protected override {value.CSharp} Decode({FileStart.Decoder} input)");
        Block(code, $"return {TypeCode.Read(content, "input")};");
        code.Line($"protected override void Encode({FileStart.Encoder} output, {value.CSharp} value)");
        Block(code, TypeCode.Write(content, "output", stored.IsOptional && value.IsValueOption ? "value!.Value" : stored.IsOptional ? "value!" : "value"));
        if (stored.IsOptional)
        {
            code.Line($"protected override bool IsNothing({value.CSharp} value)");
            Block(code, "return value is null;");
        }

        if (stored.Kind != "Vector")
        {
            code.Line($"protected override {value.CSharp} Absent()");
            Block(code, $"return {TypeCode.Absent(value)};");
        }

        code.Close();
    }

    private static void Block(CodeWriter code, string statement)
    {
        code.Open();
        code.Line(statement);
        code.Close();
        code.Line();
    }
}
