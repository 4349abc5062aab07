using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Apis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Runtime.Light;

/// <summary>What the module is to answer: what the native runtime answers from the same storage.</summary>
internal static class LightModel
{
    private static readonly RuntimeApiCalls Apis = new(LightChain.Runtime);

    /// <summary>The native answer; null where there is none, as where the module traps.</summary>
    public static byte[]? Answer(LightChain chain, string method, byte[] arguments)
    {
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        foreach ((string key, byte[] value) in chain.Storage)
        {
            Assert.True(Hex.TryParse(key, out byte[] entry));
            overlay.Main.Set(entry, value);
        }

        FrameSystem.LastRuntimeUpgrade.Set(overlay.Main, new LastRuntimeUpgradeInfo(LightChain.Spec, PhalaVersion.Of(LightChain.Spec).SpecName));
        ApiAnswer answer = Apis.Call(overlay.ToSnapshot(), new BlockId(LightChain.Present, LightChain.Number), method, arguments);
        return answer.Error == ApiError.None ? answer.Bytes : null;
    }
}
