namespace Phala.Wasm.Binary;

/// <summary>When a segment is used.</summary>
public enum SegmentMode : byte
{
    /// <summary>Copied at instantiation.</summary>
    Active,

    /// <summary>Copied by instructions.</summary>
    Passive,

    /// <summary>Only declares functions that are referenced (elements only).</summary>
    Declarative,
}
