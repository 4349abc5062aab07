using Phala.Codec.Generator.Emission;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Emission;

/// <summary>Writes an event's other half: how it is handed to the host. The first topic is the hash of its signature, as in ink! 5.</summary>
internal static class EventEmitter
{
    internal static string Emit(EventModel model)
    {
        CodeWriter code = FileStart.In(model.Place.Namespace);
        code.Open($"partial {model.Place.Keyword} {model.Place.Name} : global::Phala.Contracts.IContractEvent");
        code.Open("void global::Phala.Contracts.IContractEvent.Deposit()");
        PartModel[] topics = [.. model.Fields.Where(static field => field.IsTopic)];
        code.Line($"{FileStart.Encoder} topics = new {FileStart.Encoder}({1 + (32 * (1 + topics.Length))});");
        code.Line($"topics.WriteByte({(1 + topics.Length) << 2});");
        byte[] signature = Blake2b.Hash(model.Signature);
        for (int at = 0; at < signature.Length; at += 8) code.Line($"topics.WriteUInt64(0x{BitConverter.ToUInt64(signature, at):x16});");
        for (int index = 0; index < topics.Length; index++)
        {
            int size = topics[index].Type.Size;
            code.Line($"{FileStart.Encoder} topic{index} = new {FileStart.Encoder}({(size < 0 ? 32 : size)});");
            code.Line(TypeCode.Write(topics[index].Type, $"topic{index}", $"@{topics[index].Name}"));
            code.Line($"{FileStart.Entry}.WriteTopic(topics, topic{index});");
        }

        int room = model.Fields.Sum(static field => field.Type.Size < 0 ? 32 : field.Type.Size);
        code.Line($"{FileStart.Encoder} data = new {FileStart.Encoder}({room});");
        foreach (PartModel field in model.Fields) code.Line(TypeCode.Write(field.Type, "data", $"@{field.Name}"));
        code.Line($"{FileStart.Entry}.Emit(topics, data);");
        code.Close();
        code.Close();
        return code.ToString();
    }
}
