using Phala.Codec;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What a contract is told, open or sealed.</summary>
[Scale("phala_types::contract::CommandPayload")]
public abstract partial record CommandPayload
{
    private CommandPayload()
    {
    }

    /// <summary>Readable by everybody.</summary>
    /// <param name="Command">The command.</param>
    [Variant(0, Unnamed = true)]
    public sealed record Plain(InkCommand Command) : CommandPayload;

    /// <summary>In the older envelope, which binds nothing and never expires. Only clusters that say so accept it.</summary>
    /// <param name="Data">The envelope around an <see cref="InkCommand"/>.</param>
    [Variant(1, Unnamed = true)]
    public sealed record Encrypted(EncryptedData Data) : CommandPayload;

    /// <summary>Sealed to the cluster's command key.</summary>
    /// <param name="Command">The envelope.</param>
    [Variant(64, Unnamed = true)]
    public sealed record Sealed(SealedCommand Command) : CommandPayload;
}
