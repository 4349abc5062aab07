using System.Text.Json;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Light;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Light;

/// <summary>What the table of calls says that the module reads, against what it reads.</summary>
public sealed class LightCallsTests
{
    [Fact]
    public void TheModuleReadsNothingThatIsNotInTheTable()
    {
        LightChain chain = new();
        chain.Put(Aura.SlotDuration.Prefix, BitConverter.GetBytes(3000ul));
        foreach (Actor actor in Actor.All) chain.PutAccount(actor.Account, AccountInfo.Missing);
        MerkleTrie state = MerkleTrie.Empty(StateVersion.V1).Apply(TrieDelta.Create([.. chain.Storage.Select(entry => TrieChange.Set(Bytes(entry.Key), entry.Value))]));
        (string Method, byte[] Arguments)[] asked =
        [
            .. RuntimeApis.All.SelectMany(api => api.Methods.Select(api.CallName)).Select(method => (method, Array.Empty<byte>())),
            .. Actor.All.Select(actor => ("AccountNonceApi_account_nonce", actor.Account.AsSpan().ToArray())),
            .. new[] { Era.Immortal, Era.Mortal(64, LightChain.Number), Era.Mortal(4, LightChain.Number - 1) }.Select(era => ("TaggedTransactionQueue_validate_transaction", Transaction(era))),
        ];
        asked = [.. asked.Where(each => LightCalls.TryFindKeys(each.Method, each.Arguments, state, out _))];
        JsonElement[] answers = [.. LightChain.Run(asked.Select(each => chain.Ask(each.Method, each.Arguments))).GetProperty("answers").EnumerateArray()];
        int read = 0;
        foreach (((string method, byte[] arguments), JsonElement answer) in asked.Zip(answers))
        {
            Assert.True(LightCalls.TryFindKeys(method, arguments, state, out IReadOnlyList<byte[]> keys));
            string[] table = [.. keys.Select(key => Hex.Format(key))];
            Assert.All(answer.GetProperty("read").EnumerateArray(), key => Assert.Contains(key.GetString(), table));
            read += answer.GetProperty("read").GetArrayLength();
        }

        Assert.True(read > 20, $"only {read} entries were read");
    }

    [Fact]
    public void EveryCallOfTheModuleIsInTheTableAndNoOther()
    {
        string[] exports = [.. LightChain.Run([]).GetProperty("exports").EnumerateArray().Select(export => export.GetString()!).Where(name => name.StartsWith("function ", StringComparison.Ordinal)).Select(name => name["function ".Length..])];
        MerkleTrie empty = MerkleTrie.Empty(StateVersion.V1);
        Assert.All(exports, name => Assert.True(LightCalls.TryFindKeys(name, [], empty, out _), name));
        string[] others = [.. RuntimeApis.All.SelectMany(api => api.Methods.Select(api.CallName)).Except(exports)];
        Assert.NotEmpty(others);
        Assert.All(others, name => Assert.False(LightCalls.TryFindKeys(name, [], empty, out _), name));
    }

    private static byte[] Transaction(Era era)
    {
        uint birth = era.Birth(LightChain.Number + 1);
        ImpliedData implied = new(LightChain.Spec, Phala.Runtime.Interface.Versions.PhalaVersion.Transaction, LightChain.Genesis, era.IsImmortal ? LightChain.Genesis : LightChain.HashOf(birth));
        OpaqueExtrinsic signed = Actor.Bob.Sign(RuntimeCall.Of(new FrameSystem.Remark(Vec.Create<byte>([1]))), new TransactionExtensions(era, 0, 0), implied);
        return [2, .. Scale.Encode(signed), .. LightChain.Present.AsSpan()];
    }

    private static byte[] Bytes(string hex) => Hex.TryParse(hex, out byte[] bytes) ? bytes : [];
}
