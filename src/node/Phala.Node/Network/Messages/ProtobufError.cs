namespace Phala.Node.Network.Messages;

/// <summary>Why bytes are no protocol buffer of the expected kind.</summary>
internal enum ProtobufError
{
    /// <summary>They are.</summary>
    None,

    /// <summary>A tag or a number does not end, or is more than 64 bits.</summary>
    BadVarint,

    /// <summary>A tag has field number 0, or more than 2^29 - 1.</summary>
    BadField,

    /// <summary>A tag has a wire type that is not in use, or a known field has another one than it should.</summary>
    BadWireType,

    /// <summary>A field is longer than the rest of the message.</summary>
    Truncated,

    /// <summary>A known field holds what it must not, or too much of it.</summary>
    BadValue,

    /// <summary>A field that must be there is not.</summary>
    MissingField,
}
