using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Decoders of what operators give to the node's commands.</summary>
public static class CommandTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [new BlockFileTarget(), new KeyFileTarget(), new RawSpecTarget(), new MetadataTarget(), new InspectedExtrinsicTarget()];
}
