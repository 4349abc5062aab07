using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Phala.Client.Contracts.Ink;
using Xunit;

namespace Phala.Tests.Client.Ink;

/// <summary>What holds for every value of every type.</summary>
public sealed class TypedValueLawTests
{
    [Fact]
    public void A_value_becomes_the_bytes_of_the_naive_encoder_and_comes_back_as_it_was()
    {
        HashSet<string> kinds = [];
        int longest = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            RandomValues random = new(seed);
            int type = random.Type(depth: 4);
            List<byte> bytes = [];
            string json = random.Value(type, bytes)?.ToJsonString() ?? "null";
            TypedValues values = new(random.Types);
            using JsonDocument document = JsonDocument.Parse(json);
            Assert.Null(values.TryEncode(type, document.RootElement, out byte[] encoded));
            Assert.Equal(Convert.ToHexString([.. bytes]), Convert.ToHexString(encoded));
            Assert.Null(values.TryDecode(type, encoded, out JsonNode? value));
            Assert.Equal(json, value?.ToJsonString() ?? "null");
            kinds.UnionWith(random.Kinds);
            longest = Math.Max(longest, encoded.Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(1_000_000));
        Assert.Equal(["Array", "Choice", "Compact", "Option", "Record", "Sequence", "Simple", "Tuple"], kinds.Order(StringComparer.Ordinal));
        Assert.InRange(longest, 100, int.MaxValue);
    }
}
