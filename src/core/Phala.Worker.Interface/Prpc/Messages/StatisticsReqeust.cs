using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Which contracts. The name is that of Phala's workers.</summary>
public sealed class StatisticsReqeust : IProtoMessage<StatisticsReqeust>
{
    /// <summary>Their ids, hexadecimal.</summary>
    public List<string> Contracts { get; } = [];

    /// <summary>Whether all.</summary>
    public bool All { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<StatisticsReqeust> Schema { get; } = new ProtoSchema<StatisticsReqeust>()
        .Repeated(1, "contracts", ProtoKinds.Text, message => message.Contracts)
        .Field(2, "all", ProtoKinds.Bool, message => message.All, (message, value) => message.All = value);
}
