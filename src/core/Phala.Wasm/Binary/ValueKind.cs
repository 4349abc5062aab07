namespace Phala.Wasm.Binary;

/// <summary>The type of a value, numbered as in the binary format (specification 5.3.1–5.3.4).</summary>
public enum ValueKind : byte
{
    /// <summary>No type: the bottom of the validator's operand stack in unreachable code. Never in a module.</summary>
    None = 0,

    /// <summary>An opaque reference to something of the host, or null.</summary>
    ExternRef = 0x6F,

    /// <summary>A reference to a function, or null.</summary>
    FuncRef = 0x70,

    /// <summary>A 64-bit IEEE 754 number.</summary>
    F64 = 0x7C,

    /// <summary>A 32-bit IEEE 754 number.</summary>
    F32 = 0x7D,

    /// <summary>A 64-bit integer without sign of its own.</summary>
    I64 = 0x7E,

    /// <summary>A 32-bit integer without sign of its own.</summary>
    I32 = 0x7F,
}
