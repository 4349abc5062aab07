using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>How many queries there were.</summary>
public sealed class QueryStats : IProtoMessage<QueryStats>
{
    /// <summary>Of all contracts.</summary>
    public QueryCounters? Global { get; set; }

    /// <summary>Of those asked for, by id.</summary>
    public SortedDictionary<string, QueryCounters> ByContract { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public static ProtoSchema<QueryStats> Schema { get; } = new ProtoSchema<QueryStats>()
        .Optional(1, "global", new MessageKind<QueryCounters>(), message => message.Global, (message, value) => message.Global = value)
        .Map(2, "by_contract", new MessageKind<QueryCounters>(), message => message.ByContract);
}
