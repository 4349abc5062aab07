using Phala.Codec.Generator.Emission;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Emission;

/// <summary>Writes one method that encodes and one that decodes for each type with parts: plain code that knows its type.</summary>
internal static class CodecEmitter
{
    internal const string HintName = "Codecs.g.cs";

    internal static string Emit(IEnumerable<TypeModel> used)
    {
        CodeWriter code = FileStart.New();
        code.Line("namespace Phala.Contracts.Generated;");
        code.Line();
        code.Open("internal static class Codecs");
        foreach (TypeModel type in All(used)) Emit(code, type);
        code.Close();
        return code.ToString();
    }

    /// <summary>The types that need methods, with those inside of them, each once and in an order that does not depend on where they are used.</summary>
    private static SortedDictionary<string, TypeModel>.ValueCollection All(IEnumerable<TypeModel> used)
    {
        SortedDictionary<string, TypeModel> all = new(StringComparer.Ordinal);
        Stack<TypeModel> open = new(used);
        while (open.Count > 0)
        {
            TypeModel type = open.Pop();
            foreach (PartModel part in type.Parts) open.Push(part.Type);
            bool isSimple = type.Shape == TypeShape.Primitive || type.IsBytes || type.Shape is TypeShape.AccountId or TypeShape.Hash;
            if (!isSimple) all[TypeCode.Identifier(type)] = type;
        }

        return all.Values;
    }

    private static void Emit(CodeWriter code, TypeModel type)
    {
        string name = TypeCode.Identifier(type);
        code.Open($"internal static void Write{name}({FileStart.Encoder} output, {type.CSharp} value)");
        EmitWrite(code, type);
        code.Close();
        code.Line();
        code.Open($"internal static {type.CSharp} Read{name}({FileStart.Decoder} input)");
        EmitRead(code, type);
        code.Close();
        code.Line();
    }

    private static void EmitWrite(CodeWriter code, TypeModel type)
    {
        switch (type.Shape)
        {
            case TypeShape.Sequence:
                code.Line("output.WriteCompact(value.Length);");
                code.Line($"for (int index = 0; index < value.Length; index++) {TypeCode.Write(type.Element, "output", "value[index]")}");
                break;
            case TypeShape.Option:
                code.Open("if (value is null)");
                code.Line("output.WriteByte(0);");
                code.Line("return;");
                code.Close();
                code.Line();
                code.Line("output.WriteByte(1);");
                code.Line(TypeCode.Write(type.Element, "output", type.IsValueOption ? "value.Value" : "value"));
                break;
            case TypeShape.Tuple:
                for (int index = 0; index < type.Parts.Count; index++) code.Line(TypeCode.Write(type.Parts[index].Type, "output", $"value.Item{index + 1}"));
                break;
            case TypeShape.Record:
                foreach (PartModel part in type.Parts) code.Line(TypeCode.Write(part.Type, "output", $"value.@{part.Name}"));
                break;
            default:
                code.Line("output.WriteByte((byte)value);");
                break;
        }
    }

    private static void EmitRead(CodeWriter code, TypeModel type)
    {
        switch (type.Shape)
        {
            case TypeShape.Sequence:
                code.Line($"{type.CSharp} value = {TypeCode.NewArray(type, $"input.ReadCount({type.Element.Least})")};");
                code.Line($"for (int index = 0; index < value.Length; index++) value[index] = {TypeCode.Read(type.Element, "input")};");
                code.Line("return value;");
                break;
            case TypeShape.Option:
                code.Line("if (!input.ReadBoolean()) return null;");
                code.Line($"return {TypeCode.Read(type.Element, "input")};");
                break;
            case TypeShape.Enum:
                code.Line("byte index = input.ReadByte();");
                code.Line($"if ({Bounds(type)}) {FileStart.Entry}.CouldNotRead();");
                code.Line($"return ({type.CSharp})index;");
                break;
            default:
                for (int index = 0; index < type.Parts.Count; index++) code.Line($"{type.Parts[index].Type.CSharp} part{index} = {TypeCode.Read(type.Parts[index].Type, "input")};");
                string parts = string.Join(", ", Enumerable.Range(0, type.Parts.Count).Select(static index => $"part{index}"));
                code.Line(type.Shape == TypeShape.Tuple ? $"return ({parts});" : $"return new {type.CSharp}({parts});");
                break;
        }
    }

    private static string Bounds(TypeModel type)
    {
        int last = type.Cases[type.Cases.Count - 1].Index;
        return last == type.Cases.Count - 1 ? $"index > {last}" : $"index is not ({string.Join(" or ", type.Cases.Select(static each => each.Index))})";
    }
}
