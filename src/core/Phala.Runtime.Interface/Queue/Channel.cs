using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Trie;

namespace Phala.Runtime.Interface.Queue;

/// <summary>A part of the queue that workers follow by itself: what all of them must know, or what one cluster executes.</summary>
/// <remarks>
/// Channels are ordered: the system's first, then the clusters' by id. As a SCALE enum: index 0 <c>System</c>, index 1 <c>Cluster(H256)</c>. Written by hand, so that a channel
/// is a value that allocates nothing.
/// </remarks>
public readonly record struct Channel : IScale<Channel>
{
    private Channel(ChannelKind kind, in Hash256 cluster = default) => (Kind, ClusterId) = (kind, cluster);

    /// <summary>Whom it is for.</summary>
    public ChannelKind Kind { get; }

    /// <summary>The cluster; zeros where it is for all.</summary>
    public Hash256 ClusterId { get; }

    /// <summary>The channel that every worker follows.</summary>
    public static Channel System => default;

    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>The channel of a cluster.</summary>
    public static Channel OfCluster(in Hash256 cluster) => new(ChannelKind.Cluster, cluster);

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out Channel value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadByte(out byte kind)) return false;
        switch ((ChannelKind)kind)
        {
            case ChannelKind.System:
                return true;
            case ChannelKind.Cluster:
                if (!Hash256.TryDecode(ref reader, out Hash256 cluster)) return false;
                value = OfCluster(cluster);
                return true;
            default:
                return reader.FailAt(ScaleError.UnknownVariant, start);
        }
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Channel value)
    {
        writer.WriteByte((byte)value.Kind);
        if (value.Kind == ChannelKind.Cluster) Hash256.Encode(ref writer, value.ClusterId);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in Channel value) => value.Kind == ChannelKind.Cluster ? 1 + Hash256.Size : 1;

    /// <inheritdoc/>
    public static int Compare(in Channel left, in Channel right) =>
        left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.ClusterId.CompareTo(right.ClusterId);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(Channel), static registry => new TypeDescription(
        ["phala_mq", "Channel"],
        [],
        new TypeDefinition.Variant([
            new TypeVariant(nameof(ChannelKind.System), [], (byte)ChannelKind.System, []),
            new TypeVariant(nameof(ChannelKind.Cluster), [new TypeField(null, Hash256.Describe(registry), "H256", [])], (byte)ChannelKind.Cluster, []),
        ]),
        []));

    /// <summary>The kind and the cluster.</summary>
    public override string ToString() => Kind == ChannelKind.System ? "system" : $"cluster {ClusterId}";
}
