namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>A protobuf message.</summary>
/// <typeparam name="TSelf">Itself.</typeparam>
public interface IProtoMessage<TSelf>
    where TSelf : class, IProtoMessage<TSelf>, new()
{
    /// <summary>Its fields.</summary>
    static abstract ProtoSchema<TSelf> Schema { get; }
}
