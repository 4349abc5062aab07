using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Messages within messages.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
public sealed class MessageKind<TMessage>() : ProtoKind<TMessage>(typeof(TMessage).Name, ProtoWireType.Bytes)
    where TMessage : class, IProtoMessage<TMessage>, new()
{
    /// <inheritdoc/>
    public override bool IsDefault(TMessage value) => value is null;

    /// <inheritdoc/>
    public override bool TryRead(ref ProtoReader reader, int depth, out TMessage value)
    {
        value = new TMessage();
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes)) return false;
        if (depth >= MaxDepth) return reader.Fail(ProtoError.TooDeep);
        ProtoReader inner = new(bytes);
        return TMessage.Schema.TryRead(ref inner, depth + 1, value) || reader.Fail(inner.Error);
    }

    /// <inheritdoc/>
    public override void Write(ProtoWriter writer, TMessage value)
    {
        ProtoWriter inner = new();
        TMessage.Schema.Write(inner, value);
        writer.WriteBytes(inner.Written);
    }

    /// <inheritdoc/>
    public override bool TryReadJson(JsonElement element, int depth, out TMessage value)
    {
        value = new TMessage();
        return depth < MaxDepth && TMessage.Schema.TryReadJson(element, depth + 1, value);
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter writer, TMessage value) => TMessage.Schema.WriteJson(writer, value);
}
