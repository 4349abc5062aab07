namespace Phala.Wasm.Compilation;

/// <summary>Where an operand is while its consumer is not known yet.</summary>
internal enum OperandPlace : byte
{
    /// <summary>On the CIL evaluation stack.</summary>
    Evaluation,

    /// <summary>In the slot of its height.</summary>
    Slot,

    /// <summary>Still in a local variable or parameter.</summary>
    Local,

    /// <summary>A constant that nothing was emitted for.</summary>
    Constant,
}
