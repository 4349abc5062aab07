using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Node.Clients;

/// <summary>Unmodified @polkadot/api with workers, clusters and contracts.</summary>
public sealed class PolkadotJsPhalaTests
{
    [Fact]
    public void AClientSendsACommandAndReadsWhatBecameOfIt()
    {
        using NodeProcess node = new("--block-millisecs", "250");
        JsonElement seen = JsonDocument.Parse(NodeJs.Run("polkadot-js-phala.mjs", new JsonObject { ["url"] = node.Url }.ToJsonString())).RootElement;
        foreach (PalletShape pallet in (PalletShape[])[PhalaMq.Shape, PhalaRegistry.Shape, PhalaPhatContracts.Shape])
        {
            string name = JsonNamingPolicy.CamelCase.ConvertName(pallet.Name);
            Assert.Equal(pallet.Calls.Count, seen.GetProperty("calls").GetProperty(name).GetArrayLength());
            Assert.Equal(pallet.Storage.Count, seen.GetProperty("storage").GetProperty(name).GetInt32());
        }

        Assert.Contains("pushContractMessage", seen.GetProperty("calls").GetProperty("phalaPhatContracts").EnumerateArray().Select(call => call.GetString()));
        Assert.Equal(PhalaMq.MaxPayload, seen.GetProperty("maxPayload").GetUInt32());
        Assert.Equal(1, seen.GetProperty("session").GetArrayLength());
        JsonElement pushed = seen.GetProperty("pushed");
        Assert.Equal(1, pushed.GetArrayLength());
        Assert.Equal(["0x010203"], seen.GetProperty("outbound").EnumerateArray().Select(payload => payload.GetString()));
        Assert.Equal((1, 1), (seen.GetProperty("executed").GetArrayLength(), seen.GetProperty("anchored").GetInt32()));
        JsonElement receipt = seen.GetProperty("executed")[0][1];
        Assert.Equal(pushed[0][0].GetRawText(), receipt.GetProperty("id").GetRawText());
        Assert.Equal(seen.GetProperty("contract").GetString(), receipt.GetProperty("contract").GetString());
        Assert.Equal($"0x{new string('4', 64)}", seen.GetProperty("anchor").GetString());
        Assert.Equal(1, seen.GetProperty("digest").GetInt32());
    }
}
