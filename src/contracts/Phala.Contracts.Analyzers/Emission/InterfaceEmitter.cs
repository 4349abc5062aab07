using System.Globalization;
using Phala.Codec.Generator.Emission;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Emission;

/// <summary>Writes an interface's other half: a class whose methods call a contract that has them.</summary>
internal static class InterfaceEmitter
{
    internal static string Emit(InterfaceModel model)
    {
        CodeWriter code = FileStart.In(model.Place.Namespace);
        code.Open($"partial interface {model.Place.Name}");
        code.Line("/// <summary>Makes calls of a contract. One that does not return a value ends the caller's call too.</summary>");
        code.Line("/// <param name=\"address\">The contract.</param>");
        code.Line("/// <param name=\"value\">What each call brings.</param>");
        code.Line($"static Remote At(global::{KnownNames.AccountId} address, global::System.UInt128 value = default) => new Remote(address, value);");
        code.Line();
        code.Line("/// <summary>A contract that is somewhere else.</summary>");
        code.Open($"sealed class Remote(global::{KnownNames.AccountId} address, global::System.UInt128 value) : {model.Place.Name}");
        foreach (MessageModel message in model.Messages) EmitCall(code, model, message);
        code.Close();
        code.Close();
        return code.ToString();
    }

    private static void EmitCall(CodeWriter code, InterfaceModel model, MessageModel message)
    {
        List<string> parameters = [.. message.Parameters.Select(static (parameter, index) => $"{parameter.Type.CSharp} argument{index}")];
        if (message.ContextAt >= 0) parameters.Insert(message.ContextAt, $"global::{KnownNames.QueryContext} context");
        code.Line("/// <inheritdoc/>");
        code.Open($"public {message.Returns?.CSharp ?? "void"} {message.Method}({string.Join(", ", parameters)})");
        int room = 4 + message.Parameters.Sum(static parameter => parameter.Type.Size < 0 ? 32 : parameter.Type.Size);
        code.Line($"{FileStart.Encoder} input = new {FileStart.Encoder}({room});");
        code.Line($"input.WriteUInt32(0x{message.LittleEndian.ToString("x8", CultureInfo.InvariantCulture)});");
        for (int index = 0; index < message.Parameters.Count; index++) code.Line(TypeCode.Write(message.Parameters[index].Type, "input", $"argument{index}"));
        string call = $"{FileStart.Entry}.Call(address, value, input, {(message.Fails ? "true" : "false")}, \"A call of {model.Place.Name}.{message.Method} failed.\")";
        code.Line(message.Returns is null ? $"{call};" : $"{FileStart.Decoder} output = {call};");
        if (message.Returns is { } returned) code.Line($"return {TypeCode.Read(returned, "output")};");
        code.Close();
        code.Line();
    }
}
