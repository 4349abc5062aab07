using System.Globalization;
using Phala.Codec;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Versions;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Runtime.Metadata;

/// <summary>
/// Clients know the pallets of Substrate: every call, event, error, storage item and constant that public chains have too is theirs to the name and the type of each field.
/// Those chains' metadata comes with a published package.
/// </summary>
public sealed class PublishedMetadataTests
{
    /// <summary>What differs, and why.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["System storage Digest"] = "equal but for the order in which the variants are listed",
        ["Aura storage SlotDuration"] = "the genesis chooses it (decision 0006 tells of constants)",
        ["Balances storage Locks"] = "always empty: the reasons are a plain byte",
        ["Balances storage Holds"] = "always empty: no pallet holds",
        ["Balances storage Freezes"] = "always empty: no pallet freezes",
        ["Session call set_keys"] = "the keys are this chain's: aura and grandpa",
        ["Session storage NextKeys"] = "the keys are this chain's: aura and grandpa",
        ["Session call set_validators"] = "this chain's root chooses the validators; there is no staking",
        ["Session error BadValidators"] = "of the same call",
        ["Session storage Length"] = "root may change how long a session is",
        ["Session storage QueuedValidators"] = "those of the next session, before they have keys",
    };

    [Fact]
    public void PalletsAreThoseThatClientsKnow()
    {
        string output = NodeJs.Run("published-metadata.mjs", Hex.Format(RuntimeMetadata.Encode(14, PhalaVersion.OldestSpec)));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] differing = [.. lines.Where(line => !line.StartsWith(' ')).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)])];
        Assert.Equal(Differences.Keys.Order(StringComparer.Ordinal), differing.Where(name => !name.StartsWith("compared", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        string compared = Assert.Single(lines, line => line.StartsWith("compared: ", StringComparison.Ordinal));
        Assert.True(int.Parse(compared["compared: ".Length..], CultureInfo.InvariantCulture) > 90, compared);
    }
}
