using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>The decoders of Phala.Crypto.</summary>
public static class CryptoTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [];
}
