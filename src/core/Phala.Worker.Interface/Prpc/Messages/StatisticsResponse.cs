using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>How much was done.</summary>
public sealed class StatisticsResponse : IProtoMessage<StatisticsResponse>
{
    /// <summary>Seconds since the start.</summary>
    public ulong Uptime { get; set; }

    /// <summary>Processors that queries may use.</summary>
    public uint Cores { get; set; }

    /// <summary>Queries.</summary>
    public QueryStats? Query { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<StatisticsResponse> Schema { get; } = new ProtoSchema<StatisticsResponse>()
        .Field(1, "uptime", ProtoKinds.UInt64, message => message.Uptime, (message, value) => message.Uptime = value)
        .Field(2, "cores", ProtoKinds.UInt32, message => message.Cores, (message, value) => message.Cores = value)
        .Optional(3, "query", new MessageKind<QueryStats>(), message => message.Query, (message, value) => message.Query = value);
}
