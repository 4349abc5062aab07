using System.Globalization;
using System.Text;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Versions;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Runtime.Metadata;

/// <summary>Everything that clients see of the runtime, pinned: a change of an index, a name, a type or a key shows as a change of one file.</summary>
public sealed class MetadataSnapshotTests
{
    private const string Snapshot = "tests/Phala.Tests/Runtime/Metadata/Snapshots/metadata.txt";

    [Fact]
    public void MetadataIsThatOfTheSnapshot()
    {
        StringBuilder text = new(MetadataText.Of(RuntimeMetadata.Encode(16, PhalaVersion.OldestSpec)));
        text.Append("storage keys\n");
        foreach (StorageItem item in RuntimeShape.Pallets.SelectMany(pallet => pallet.Storage)) text.Append(CultureInfo.InvariantCulture, $"  {item} {Hex.Format(item.Prefix)}\n");
        foreach (uint version in RuntimeMetadata.Versions)
        {
            byte[] bytes = RuntimeMetadata.Encode(version, PhalaVersion.OldestSpec), hash = new byte[32];
            Blake2b.Hash256(bytes, hash);
            text.Append(CultureInfo.InvariantCulture, $"version {version}: {bytes.Length} bytes, BLAKE2b-256 {Hex.Format(hash)}\n");
        }

        // To accept a change, delete the snapshot and run the test: it writes the file anew, and fails that once, so that nobody overlooks it.
        string path = Repository.Path(Snapshot);
        bool isNew = !File.Exists(path);
        if (isNew) File.WriteAllText(path, text.ToString());
        Assert.False(isNew, "the snapshot is new: look at it and run again");
        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    [Theory]
    [InlineData(14u)]
    [InlineData(15u)]
    [InlineData(16u)]
    public void EveryVersionIsReadToItsEndAndChangesWithTheRules(uint version)
    {
        byte[] before = RuntimeMetadata.Encode(version, 1000), after = RuntimeMetadata.Encode(version, 1001);
        Assert.Equal(before, RuntimeMetadata.Encode(version, 1000));
        Assert.Contains($"meta {version}\n", MetadataText.Of(before), StringComparison.Ordinal);
        int different = Assert.Single(Enumerable.Range(0, before.Length), at => before[at] != after[at]);
        Assert.Equal((1000 & 0xFF, 1001 & 0xFF), (before[different], after[different]));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(13u)]
    [InlineData(17u)]
    public void OtherVersionsAreRefused(uint version) => Assert.Throws<ArgumentOutOfRangeException>(() => RuntimeMetadata.Encode(version, 1000));
}
