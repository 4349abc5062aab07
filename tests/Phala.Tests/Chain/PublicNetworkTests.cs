using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Testing;
using Phala.Tests.Chain.Grandpa;
using Xunit;

namespace Phala.Tests.Chain;

/// <summary>Headers, bodies and a justification that public networks made.</summary>
public sealed class PublicNetworkTests
{
    [Fact]
    public void BlocksOfWestendHaveTheirHashesAndExtrinsicsRoots()
    {
        IReadOnlyList<Vector> vectors = VectorFile.Read("Chain/Vectors/westend-blocks.txt");
        Assert.True(vectors.Count >= 30);
        int longest = 0;
        foreach (Vector vector in vectors)
        {
            Header header = Decoded<Header>(vector.Bytes("header"));
            Assert.Equal((vector.Name, "0x" + vector.Text("hash")), ($"block {header.Number}", header.Hash().ToString()));
            OpaqueExtrinsic[] body = [.. Enumerable.Range(0, vector.Number("extrinsics")).Select(index => Decoded<OpaqueExtrinsic>(vector.Bytes($"extrinsic {index}")))];
            Assert.Equal(header.ExtrinsicsRoot, ExtrinsicsRoot.Compute(body));
            Assert.All(body, opaque => Assert.Equal((ExtrinsicError.None, ExtrinsicFormat.BareV4), (Extrinsic.TryDecode(opaque, out Extrinsic extrinsic), extrinsic.Format)));
            longest = Math.Max(longest, body.Length);
        }

        Assert.True(longest >= 5);
    }

    [Fact]
    public void AWarpSyncFragmentOfWestendIsAccepted()
    {
        Vector vector = VectorFile.Read("Chain/Vectors/westend-warp-sync.txt").Single();
        WarpSyncProof proof = Decoded<WarpSyncProof>(vector.Bytes("proof"));
        (Header header, Justification justification) = (proof.Fragments[0].Header, proof.Fragments[0].Justification);
        Assert.Equal(("0x" + vector.Text("hash"), 23256367u), (header.Hash().ToString(), header.Number));
        Assert.Equal(vector.Number("round"), (int)justification.Round);

        // 14 of 20 have signed; who the other six are does not matter.
        Vec<GrandpaAuthority> authorities =
            [.. justification.Commit.Precommits.Select(vote => new GrandpaAuthority(vote.Id, 1)), .. Enumerable.Range(0, 6).Select(letter => TestVoter.Authority(letter))];
        AuthoritySet set = AuthoritySet.Create((ulong)vector.Number("set"), authorities);
        Assert.Equal((20, 14ul), (set.Count, set.Threshold));
        FinalizedHead start = new(new BlockId(default, 1), set);
        Assert.Equal(new WarpSyncResult(WarpSyncError.None, 1), WarpSyncProof.Verify(vector.Bytes("proof"), start, out FinalizedHead end));
        Assert.Equal((BlockId.Of(header), set), (end.Block, end.Set));

        Assert.Equal(JustificationError.BadSignature, justification.Verify(AuthoritySet.Create(set.Id + 1, authorities)));
        Assert.Equal(JustificationError.NotEnoughWeight, justification.Verify(AuthoritySet.Create(set.Id, [.. authorities, TestVoter.Authority(7)])));
        Assert.True(NaiveJustification.Accepts(justification, authorities, set.Id));
    }

    [Fact]
    public void APolkadotHeaderAnnouncesTheNextAuthorities()
    {
        Header header = Decoded<Header>(VectorFile.Read("Chain/Vectors/polkadot-header.txt").Single().Bytes("header"));
        Assert.Equal(512271u, header.Number);
        Assert.Equal(GrandpaDigestError.None, GrandpaDigest.Read(header.Digest, out ScheduledChange? change));
        Assert.Equal((AuthoritySetError.None, 0u), (AuthoritySet.TryCreate(1, change!.Value.NextAuthorities, out AuthoritySet? set), change.Value.Delay));
        Assert.Equal((197, 197, 197ul, 132ul), (change.Value.NextAuthorities.Length, set!.Count, set.TotalWeight, set.Threshold));
    }

    private static T Decoded<T>(byte[] bytes)
        where T : IScale<T>
    {
        DecodeResult<T> result = Scale.Decode<T>(bytes);
        Assert.True(result.IsOk, result.ToString());
        Assert.Equal(bytes, Scale.Encode(result.Value));
        return result.Value;
    }
}
