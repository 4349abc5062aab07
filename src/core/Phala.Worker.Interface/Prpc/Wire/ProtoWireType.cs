namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>How a field is encoded.</summary>
public enum ProtoWireType
{
    /// <summary>A number of 1 to 10 bytes, seven bits each, the least significant first.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length and so many bytes.</summary>
    Bytes = 2,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
