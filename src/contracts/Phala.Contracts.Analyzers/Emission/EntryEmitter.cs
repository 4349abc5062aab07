using System.Globalization;
using Phala.Codec.Generator.Emission;
using Phala.Codec.Generator.Model;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Emission;

/// <summary>Writes a contract's entry points: <c>deploy</c> and <c>call</c> find the message by its selector; one method for each message reads arguments, calls, and returns the result.</summary>
internal static class EntryEmitter
{
    internal const string HintName = "EntryPoints.g.cs";

    internal static string Emit(ContractModel contract)
    {
        CodeWriter code = FileStart.New();
        code.Line("namespace Phala.Contracts.Generated;");
        code.Line();
        code.Open("internal static class EntryPoints");
        EmitExport(code, "deploy", "Deploy", contract.Constructors);
        EmitExport(code, "call", "Call", contract.Messages);
        foreach (MessageModel message in contract.Constructors.Concat(contract.Messages)) EmitMessage(code, contract, message);
        code.Close();
        return code.ToString();
    }

    private static void EmitExport(CodeWriter code, string export, string name, EquatableArray<MessageModel> messages)
    {
        code.Line($"[{KnownNames.GlobalHosting}.ContractExport(\"{export}\")]");
        code.Open($"internal static void {name}()");
        code.Line($"{FileStart.Decoder} input = {FileStart.Entry}.Begin();");
        bool isFree = messages.All(static message => !message.Payable);
        if (isFree && messages.Count > 0) code.Line($"{FileStart.Entry}.DenyPayment();");
        code.Open("switch (input.ReadUInt32())");
        foreach (MessageModel message in messages)
        {
            string selector = message.LittleEndian.ToString("x8", CultureInfo.InvariantCulture);
            string guard = isFree || message.Payable ? "" : $"{FileStart.Entry}.DenyPayment(); ";
            code.Line($"case 0x{selector}: {guard}{MethodOf(message)}(input); break;");
        }

        code.Line($"default: {FileStart.Entry}.CouldNotRead(); break;");
        code.Close();
        code.Close();
        code.Line();
    }

    private static string MethodOf(MessageModel message) => $"{message.Kind}_{message.Label.Replace("::", "_")}_{message.Selector.ToString("x8", CultureInfo.InvariantCulture)}";

    private static void EmitMessage(CodeWriter code, ContractModel contract, MessageModel message)
    {
        code.Open($"private static void {MethodOf(message)}({FileStart.Decoder} input)");
        List<string> arguments = [];
        for (int index = 0; index < message.Parameters.Count; index++)
        {
            PartModel parameter = message.Parameters[index];
            code.Line($"{parameter.Type.CSharp} argument{index} = {TypeCode.Read(parameter.Type, "input")};");
            arguments.Add($"argument{index}");
        }

        if (message.ContextAt >= 0) arguments.Insert(message.ContextAt, $"global::{KnownNames.QueryContext}.Enter(default({FileStart.Loaded}))");
        string call = message.Kind == MessageKind.Constructor
            ? $"new {contract.Place.FullName}({string.Join(", ", arguments)})"
            : $"new {contract.Place.FullName}(default({FileStart.Loaded})).{message.Method}({string.Join(", ", arguments)})";
        code.Line(message.Returns is { } type ? $"{type.CSharp} result = {call};" : $"{call};");
        int room = message.Returns is null ? 0 : message.Returns.Size < 0 ? 64 : message.Returns.Size;
        code.Line($"{FileStart.Encoder} output = {FileStart.Entry}.Ok({(message.Fails ? "true" : "false")}, {room});");
        if (message.Returns is { } returned) code.Line(TypeCode.Write(returned, "output", "result"));
        code.Line($"{FileStart.Entry}.Return(output);");
        code.Close();
        code.Line();
    }
}
