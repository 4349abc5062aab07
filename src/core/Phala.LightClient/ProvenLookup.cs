namespace Phala.LightClient;

/// <summary>What a proof says about an item of the state.</summary>
public enum ProvenLookup : byte
{
    /// <summary>It has this value.</summary>
    Present = 0,

    /// <summary>It has no value.</summary>
    Absent,

    /// <summary>Nothing: the proof does not reveal it.</summary>
    Missing,

    /// <summary>It has bytes that are no value of it.</summary>
    Malformed,
}
