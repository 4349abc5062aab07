using Phala.Testing;

namespace Phala.Fuzz.Targets.Codec;

/// <summary>The decoders of Phala.Codec.</summary>
public static class CodecTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [];
}
