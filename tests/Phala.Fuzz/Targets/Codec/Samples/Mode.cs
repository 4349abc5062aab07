using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>A choice without data, with gaps between its indices.</summary>
[Scale]
public enum Mode
{
    /// <summary>The first.</summary>
    Off = 0,

    /// <summary>Five.</summary>
    Slow = 5,

    /// <summary>The last that a byte can hold.</summary>
    Fast = 255,
}
