using System.Collections.Concurrent;
using Phala.Codec;
using Phala.Runtime.Interface.Metadata;

namespace Phala.Runtime.Apis;

/// <summary>Metadata by its version and that of the rules: made once, as it takes milliseconds. There are few of each.</summary>
internal sealed class MetadataCache
{
    private readonly ConcurrentDictionary<(uint Version, uint SpecVersion), Vec<byte>> _encoded = new();

    /// <summary>The metadata; null where there is no such version of it.</summary>
    public Vec<byte>? Get(uint version, uint specVersion) => RuntimeMetadata.Versions.Contains(version)
        ? _encoded.GetOrAdd((version, specVersion), static key => Vec.Create<byte>(RuntimeMetadata.Encode(key.Version, key.SpecVersion)))
        : null;
}
