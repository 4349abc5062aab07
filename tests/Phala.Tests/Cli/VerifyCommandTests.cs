using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Chain.Grandpa;
using Phala.Crypto.Hashing;
using Phala.LightClient;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala verify</c>: without a connection, what somebody shows is good, or not, or good under a condition that is named.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private static readonly ReceiptSamples Samples = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("phala-verify-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_receipt_is_verified_for_the_chain_that_one_names()
    {
        string file = Write(Samples.Reported().ToBytes());
        CliRun named = (await CliRun.OfAsync("verify", "receipt", file, "--genesis", $"{Samples.Genesis}", "--json")).Ended(0);
        Assert.Equal(("verified", $"{Samples.Genesis}", $"{ClusterWorld.Id}", "executed"), (named.Text("verdict"), named.Text("genesis"), named.Text("cluster"), named.Text("status")));
        Assert.StartsWith("block 25 ", named.Text("provenBy"), StringComparison.Ordinal);
        Assert.Equal("refused: WrongChain", (await CliRun.OfAsync("verify", "receipt", file, "--genesis", $"{ClusterWorld.Genesis}")).Ended(2).Line("verdict"));
    }

    [Fact]
    public async Task Without_the_chains_name_the_verdict_says_what_one_must_know()
    {
        string file = Write(Samples.Anchored().ToBytes()), expected = $"verified for the chain that begins with {Samples.Genesis}, which you must know to be the right one (--genesis)";
        Assert.Equal(expected, (await CliRun.OfAsync("verify", "receipt", file)).Ended(3).Line("verdict"));
        Assert.Equal(expected, (await CliRun.OfAsync("verify", "receipt", file, "--json")).Ended(3).Text("verdict"));
    }

    [Fact]
    public async Task A_receipt_that_is_not_proven_is_refused_whether_the_chain_is_named_or_not()
    {
        string file = Write((Samples.Reported() with { ChainProof = default }).ToBytes());
        Assert.Equal("refused: BadChainProof", (await CliRun.OfAsync("verify", "receipt", file)).Ended(2).Line("verdict"));
        Assert.Equal("refused: BadChainProof", (await CliRun.OfAsync("verify", "receipt", file, "--genesis", $"{Samples.Genesis}", "--json")).Ended(2).Text("verdict"));
        file = Write((Samples.Reported() with { Opened = new(new OpenedOutcome(ReceiptSamples.Outcome with { Gas = 1 }, ReceiptSamples.Blinder)) }).ToBytes());
        Assert.Equal("refused: WrongOutcome", (await CliRun.OfAsync("verify", "receipt", file, "--genesis", $"{Samples.Genesis}")).Ended(2).Line("verdict"));
    }

    [Fact]
    public async Task What_is_no_receipt_is_said_to_be_none()
    {
        byte[] good = Samples.Reported().ToBytes();
        foreach (byte[] bad in (byte[][])[[], [1, 2, 3], new byte[1000], good[..^1], [.. good, 0], System.Text.Encoding.ASCII.GetBytes("{\"receipt\":1}")])
        {
            (await CliRun.OfAsync("verify", "receipt", Write(bad))).Failed("is no receipt: ");
        }

        (await CliRun.OfAsync("verify", "receipt", Path.Combine(_folder, "missing"))).Failed("can't be read");
        (await CliRun.OfAsync("verify", "receipt", _folder)).Failed("can't be read");
        (await CliRun.OfAsync("verify", "receipt", Write(good), "--genesis", "0x12")).Failed("--genesis is 32 bytes in hexadecimal");
        (await CliRun.OfAsync("verify", "receipt")).Failed("Required argument 'file' missing");
    }

    [Fact]
    public async Task Evidence_is_good_if_the_voters_were_the_chains()
    {
        QueueChain chain = QueueChain.Create();
        while (chain.Height < 6) chain.Append();
        QueueChain fork = chain.Fork(4);
        fork.Append();
        Evidence evidence = new(chain.Genesis, chain.Claim(5), [], fork.Claim(5));
        string file = Write(Scale.Encode(evidence)), voters = HashOf(evidence.Lower.Authorities);
        CliRun open = (await CliRun.OfAsync("verify", "evidence", file, "--genesis", $"{chain.Genesis}")).Ended(3);
        Assert.Equal($"verified: voters finalized two histories, if these were voters of the chain: set 0 of {voters}, which you must know (--voters)", open.Line("verdict"));
        Assert.Equal("verified: voters finalized two histories", (await CliRun.OfAsync("verify", "evidence", file, "--genesis", $"{chain.Genesis}", "--voters", voters, "--json")).Ended(0).Text("verdict"));
        Assert.Equal("refused: UntrustedSet", (await CliRun.OfAsync("verify", "evidence", file, "--voters", $"{chain.Genesis}")).Ended(2).Line("verdict"));
        Assert.Equal("refused: OtherGenesis", (await CliRun.OfAsync("verify", "evidence", file, "--genesis", voters, "--json")).Ended(2).Text("verdict"));
        (await CliRun.OfAsync("verify", "evidence", Write([1, 2, 3]))).Failed("is no evidence");
    }

    private static string HashOf(Vec<GrandpaAuthority> voters)
    {
        byte[] hash = new byte[32];
        Blake2b.Hash256(Scale.Encode<VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>>(voters), hash);
        return Hex.Format(hash);
    }

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllBytes(path, content);
        return path;
    }
}
