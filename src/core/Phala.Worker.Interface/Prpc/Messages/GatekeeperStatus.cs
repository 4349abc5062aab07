using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>A worker's part among the gatekeepers.</summary>
public sealed class GatekeeperStatus : IProtoMessage<GatekeeperStatus>
{
    /// <summary>Which.</summary>
    public GatekeeperRole Role { get; set; }

    /// <summary>The public half of their key, hexadecimal.</summary>
    public string MasterPublicKey { get; set; } = "";

    /// <inheritdoc/>
    public static ProtoSchema<GatekeeperStatus> Schema { get; } = new ProtoSchema<GatekeeperStatus>()
        .Field(1, "role", new EnumKind<GatekeeperRole>(), message => message.Role, (message, value) => message.Role = value)
        .Field(2, "master_public_key", ProtoKinds.Text, message => message.MasterPublicKey, (message, value) => message.MasterPublicKey = value);
}
