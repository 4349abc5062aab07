using System.Text;
using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Node.Blocks;
using Phala.Node.Inspect;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Metadata;
using Phala.Testing.Chain;
using Phala.Tests.Node.Host;
using Phala.Tests.Node.Storage;
using Phala.Trie;
using Phala.Trie.Proofs;
using Xunit;

namespace Phala.Tests.Node.Inspect;

/// <summary><c>phala-node inspect</c>, as a user types it.</summary>
public sealed class InspectCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void AHeaderIsReadFromHexadecimalRawBytesAndJson()
    {
        Header header = new(default, 7, default, TrieRoot.Empty, new Digest([Phala.Chain.Aura.AuraSeal.Claim(99)]));
        byte[] encoded = Scale.Encode(header);
        string hex = Hex.Format(encoded);
        string json = Encoding.UTF8.GetString(Phala.Node.Rpc.RpcJson.Serialize(writer => Phala.Node.Rpc.Methods.ChainJson.WriteHeader(writer, header)));
        string[] inputs = [hex, File("raw", encoded), File("text", Encoding.ASCII.GetBytes(hex + "\n")), File("json", Encoding.UTF8.GetBytes(json)),
            File("quoted", Encoding.UTF8.GetBytes($"\"{hex}\"")), File("reply", Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"result":{{json}}}"""))];
        foreach (string input in inputs)
        {
            JsonElement tree = Json("header", input);
            Assert.Equal(Hex.Format(header.Hash().AsSpan()), tree.GetProperty("hash").GetString());
            Assert.Equal(99, tree.GetProperty("digest")[0].GetProperty("slot").GetInt32());
        }

        Assert.Contains("number             7", CommandRun.Run("inspect", "header", hex).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0x0", "digits is odd")]
    [InlineData("0x0g", "'g' at character 3 is no hexadecimal digit")]
    [InlineData("0x00", "no header: UnexpectedEnd at byte 0")]
    [InlineData("no-such-file", "neither hexadecimal behind 0x nor a file")]
    public void BadInputIsToldByPlace(string input, string expected)
    {
        (int code, _, string error) = CommandRun.Run("inspect", "header", input);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExtrinsicIsReadWithItsSignerExtensionsAndArguments()
    {
        TestChain chain = TestChain.Create();
        OpaqueExtrinsic extrinsic = chain.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, 12345), tip: 6);
        foreach (string input in (string[])[Hex.Format(Scale.Encode(extrinsic)), Hex.Format(extrinsic.Body.AsSpan())])
        {
            JsonElement tree = Json("extrinsic", input);
            Assert.Equal(Hex.Format(extrinsic.Hash().AsSpan()), tree.GetProperty("hash").GetString());
            Assert.Equal(("Balances", "transfer_keep_alive"), (tree.GetProperty("pallet").GetString(), tree.GetProperty("call").GetString()));
            Assert.Equal(Address(Actor.Alice), tree.GetProperty("signer").GetProperty("Id").GetString());
            Assert.Equal(Address(Actor.Bob), tree.GetProperty("arguments").GetProperty("dest").GetProperty("Id").GetString());
            Assert.Equal("12345", tree.GetProperty("arguments").GetProperty("value").GetString());
            Assert.Equal("6", tree.GetProperty("extensions").GetProperty("ChargeTransactionPayment").GetString());
        }
    }

    [Theory]
    [InlineData("0x0400", "no extrinsic of this chain")]
    [InlineData("0x03", "0x03 is no format of extrinsics")]
    [InlineData("0x0404ff", "the call, at byte 2: UnknownVariant")]
    [InlineData("0x", "there are no bytes")]
    public void AnExtrinsicThatCanNotBeReadIsToldByPlace(string input, string expected)
    {
        (int code, _, string error) = CommandRun.Run("inspect", "extrinsic", input);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14u)]
    [InlineData(15u)]
    [InlineData(16u)]
    public void MetadataOfEveryVersionListsThePallets(uint version)
    {
        string file = File("metadata", RuntimeMetadata.Encode(version, 1001));
        JsonElement tree = Json("metadata", file);
        Assert.Equal((int)version, tree.GetProperty("version").GetInt32());
        JsonElement balances = tree.GetProperty("pallets").EnumerateArray().Single(pallet => pallet.GetProperty("name").GetString() == "Balances");
        Assert.Contains("3 transfer_keep_alive(dest: MultiAddress", balances.GetProperty("calls").ToString(), StringComparison.Ordinal);
        Assert.Contains("Account: AccountId32 → AccountInfo", tree.GetProperty("pallets").ToString(), StringComparison.Ordinal);
        Assert.Contains("ExistentialDeposit", balances.GetProperty("constants").ToString(), StringComparison.Ordinal);
        Assert.Equal(version > 14, tree.GetProperty("apis").GetArrayLength() > 0);
        Assert.Contains("there is no pallet Staking: there are System, ", CommandRun.Run("inspect", "metadata", file, "--pallet", "Staking").Error, StringComparison.Ordinal);

        TestChain chain = TestChain.Create();
        string extrinsic = Hex.Format(Scale.Encode(chain.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, 1))));
        Assert.Equal("transfer_keep_alive", Json("extrinsic", extrinsic, "--metadata", file).GetProperty("call").GetString());
    }

    [Fact]
    public void ABlocksExtrinsicsMustBeThoseOfItsHeader()
    {
        (SignedBlock block, _) = Blocks();
        Assert.Equal("matches the header", Json("block", Hex.Format(Scale.Encode(block))).GetProperty("extrinsicsRoot").GetString());
        Assert.Equal("matches the header", Json("block", Hex.Format(Scale.Encode(block.Block))).GetProperty("extrinsicsRoot").GetString());
        SignedBlock other = block with { Block = block.Block with { Extrinsics = [] } };
        (int code, _, string error) = CommandRun.Run("inspect", "block", Hex.Format(Scale.Encode(other)));
        Assert.Equal(1, code);
        Assert.Contains("commits to other extrinsics", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AJustificationIsVerifiedOrTheReasonIsGiven()
    {
        (SignedBlock block, byte[] proof) = Blocks();
        const string alice = "0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee", stranger = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
        string input = File("proof", proof), good = File("good", Encoding.ASCII.GetBytes($"[\"{alice}\"]")), pairs = File("pairs", Encoding.ASCII.GetBytes($"[[\"{alice}\",5]]"));
        string encoded = File("scale", [4, .. Convert.FromHexString(alice[2..]), 1, 0, 0, 0, 0, 0, 0, 0]), strangers = File("strangers", Encoding.ASCII.GetBytes($"[\"{stranger}\"]"));
        foreach (string authorities in (string[])[good, pairs, encoded])
        {
            JsonElement tree = Json("justification", input, "--set-id", "0", "--authorities", authorities);
            Assert.Equal(("valid", block.Block.Header.Number), (tree.GetProperty("verdict").GetString(), tree.GetProperty("block").GetUInt32()));
        }

        string many = File("many", Encoding.ASCII.GetBytes($"[\"{alice}\",\"{stranger}\"]"));
        (string Set, string Authorities, string Reason)[] bad = [("1", good, "BadSignature"), ("0", strangers, "NoKnownVoter"), ("0", many, "NotEnoughWeight"), ("0", File("none", "[]"u8.ToArray()), "NoVoters"),
            ("0", File("broken", "[1]"u8.ToArray()), "authority 0 is neither a key"), ("0", "no-such", "--authorities")];
        foreach ((string set, string authorities, string reason) in bad)
        {
            (int code, _, string error) = CommandRun.Run("inspect", "justification", input, "--set-id", set, "--authorities", authorities);
            Assert.Equal(1, code);
            Assert.Contains(reason, error, StringComparison.Ordinal);
        }

        Assert.Contains("not verified", CommandRun.Run("inspect", "justification", input).Output, StringComparison.Ordinal);
        Assert.Contains("no justification: UnexpectedEnd", CommandRun.Run("inspect", "justification", "0x00").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AProofSaysWhatItProves()
    {
        MerkleTrie trie = MerkleTrie.Empty(StateVersion.V1).Apply(TrieDelta.Create([.. Enumerable.Range(0, 50).Select(number => TrieChange.Set(new byte[] { (byte)(number * 5), 1 }, new byte[40]))]));
        ReadProofBuilder builder = new();
        builder.Add(trie, [5, 1]);
        byte[] proof = builder.Encode();
        string root = Hex.Format(trie.Root.AsSpan());
        JsonElement tree = Json("proof", Hex.Format(proof), "--root", root, "--key", "0x0501", "--key", "0x0502");
        Assert.Equal(("present", Hex.Format(new byte[40])), (tree.GetProperty("keys")[0].GetProperty("answer").GetString(), tree.GetProperty("keys")[0].GetProperty("value").GetString()));
        Assert.Equal("absent", tree.GetProperty("keys")[1].GetProperty("answer").GetString());
        Assert.Contains("0x0501", Json("proof", Hex.Format(proof), "--root", root).GetProperty("entries").ToString(), StringComparison.Ordinal);
        Assert.Contains("says nothing about a key", CommandRun.Run("inspect", "proof", Hex.Format(proof), "--root", root, "--key", "0xf501").Error, StringComparison.Ordinal);
        Assert.Contains("MissingRoot", CommandRun.Run("inspect", "proof", Hex.Format(proof), "--root", Hex.Format(new byte[32])).Error, StringComparison.Ordinal);
        Assert.Contains("--root is a hash", CommandRun.Run("inspect", "proof", "0x00", "--root", "0x00").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TextForATerminalHoldsNoControlCharacters()
    {
        using StringWriter output = new();
        TreeText.Write(output, new System.Text.Json.Nodes.JsonObject { ["a\e"] = "b\e[31m\n" });
        Assert.DoesNotContain('\e', output.ToString());
        Assert.Single(output.ToString().TrimEnd().Split('\n'));
    }

    private static string Address(Actor actor) => Ss58.Encode(actor.Account.AsSpan(), Ss58.PhalaPrefix);

    private static JsonElement Json(params string[] arguments)
    {
        (int code, string output, string error) = CommandRun.Run(["inspect", .. arguments, "--json"]);
        Assert.Equal((0, ""), (code, error));
        using JsonDocument document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <summary>A block that is final, with its justification.</summary>
    private (SignedBlock Block, byte[] Proof) Blocks()
    {
        DevChain.Make(_directory.Path, 3);
        string file = Path.Combine(_directory.Path, "blocks");
        CommandRun.Run("export-blocks", file, "-d", _directory.Path, "--binary", "--from", "3");
        BlockFileReader reader = new(new MemoryStream(System.IO.File.ReadAllBytes(file)), isBinary: true);
        Assert.True(reader.TryRead(out SignedBlock block));
        Assert.True(block.TryGetJustification(EngineId.Grandpa, out Vec<byte> proof));
        return (block, proof.ToArray());
    }

    private string File(string name, byte[] content)
    {
        string path = Path.Combine(_directory.Path, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
