using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>How many queries there were.</summary>
public sealed class QueryCounters : IProtoMessage<QueryCounters>
{
    /// <summary>How many.</summary>
    public ulong Total { get; set; }

    /// <summary>How many were turned away.</summary>
    public ulong Dropped { get; set; }

    /// <summary>Milliseconds that they took.</summary>
    public ulong Time { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<QueryCounters> Schema { get; } = new ProtoSchema<QueryCounters>()
        .Field(1, "total", ProtoKinds.UInt64, message => message.Total, (message, value) => message.Total = value)
        .Field(2, "dropped", ProtoKinds.UInt64, message => message.Dropped, (message, value) => message.Dropped = value)
        .Field(3, "time", ProtoKinds.UInt64, message => message.Time, (message, value) => message.Time = value);
}
