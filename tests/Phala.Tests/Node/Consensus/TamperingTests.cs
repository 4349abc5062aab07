using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Node.Consensus;
using Phala.Node.Storage;
using Phala.Runtime.Execution;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Consensus;

/// <summary>A block with four digest items and two transactions, changed in one place each time: every change is refused for its own reason, and nothing remains of it.</summary>
public sealed class TamperingTests : IDisposable
{
    private const ulong Slot = ConsensusNode.Slot + 6;

    private static readonly Hash256 Other = new(Actor.Eve.Account.AsSpan());

    private readonly ConsensusNode _node = new(Config);
    private readonly Header _good;
    private readonly OpaqueExtrinsic[] _body;

    /// <summary>Block 3 ends the session: a third validator begins, and the runtime changes.</summary>
    public TamperingTests()
    {
        _node.SetSlot(Slot);
        _node.Extend(ConsensusNode.Slot + 1, _node.Sign(Actor.Charlie, new Session.SetKeys(TestChain.KeysOf(Actor.Charlie), default)), Sudo(new Upgrade.Schedule(3, 1001)));
        _node.Extend(ConsensusNode.Slot + 4, Sudo(new Session.SetValidators([Actor.Alice.Account, Actor.Bob.Account, Actor.Charlie.Account])));
        (_good, _body) = _node.Make(Slot, [_node.Sign(Actor.Charlie, new Balances.TransferKeepAlive(Actor.Dave.Address, 5)), _node.Sign(Actor.Eve, new Balances.TransferKeepAlive(Actor.Dave.Address, 6))]);
        Assert.Equal(5, _good.Digest.Logs.Length);
    }

    private static GenesisConfig Config => TestChain.Usual with { SessionLength = 3 };

    private Header Unsealed => _good with { Digest = _good.Digest.WithoutLast() };

    private DigestItem[] Items => _good.Digest.Logs.ToArray();

    [Fact]
    public void EveryChangeIsRefusedForItsOwnReasonAndLeavesNothing()
    {
        (string What, Header Header, OpaqueExtrinsic[] Body, string Expected)[] cases = [.. Headers(), .. Slots(), .. DigestItems(), .. Seals(), .. Inherents(), .. Transactions()];
        List<string> wrong = [];
        List<ImportReport> reports = [];
        string before = Picture();
        foreach ((string what, Header header, OpaqueExtrinsic[] body, string expected) in cases)
        {
            Assert.False(header == _good && body.SequenceEqual(_body), what);
            ImportReport report = _node.Importer.Import(header, [.. body]);
            reports.Add(report);
            if (report.ToString() != expected) wrong.Add($"{what}: {report} is {expected}");
            if (Picture() != before) wrong.Add($"{what}: something remains");
        }

        Testing.Findings.None(wrong);
        Assert.Equal(45, cases.Length);
        Assert.Equal(26, reports.Select(report => report.ToString()).Distinct().Count());

        // What a block's author can't bring about: a state without authorities or with unknown rules, and what the seal has excluded before.
        Assert.Equal(Enum.GetValues<AuraError>().Except([AuraError.NoAuthorities]), reports.Select(report => report.Seal).Distinct().Order());
        Assert.Equal(Enum.GetValues<BlockError>().Except([BlockError.WrongParent, BlockError.SlotNotAfterParent, BlockError.UnknownVersion]), reports.Select(report => report.Fault.Error).Distinct().Order());

        Assert.Equal(ImportStatus.Imported, _node.Importer.Import(_good, [.. _body]).Status);
        Assert.NotEqual(before, Picture());
        Assert.Equal(ImportStatus.AlreadyKnown, _node.Importer.Import(_good, [.. _body]).Status);
    }

    [Fact]
    public void ABlockBelowTheFinalizedOneIsTooLate()
    {
        (Header late, OpaqueExtrinsic[] body) = _node.Make(Slot - 1, []);
        _node.Importer.Import(_good, [.. _body]);
        Assert.Equal(FinalizeOutcome.Finalized, _node.Store.Finalize(_good.Hash(), [1]).Outcome);
        string before = Picture();
        Assert.Equal(ImportStatus.BehindFinalized, _node.Importer.Import(late, [.. body]).Status);
        Assert.Equal(before, Picture());
    }

    [Fact]
    public void ABlockOnAForgottenStateIsRefused()
    {
        using ConsensusNode node = new(Config, new StorageOptions { StatePruning = 1, MaintainInBackground = false });
        node.SetSlot(Slot);
        (Header late, OpaqueExtrinsic[] body) = node.Make(ConsensusNode.Slot + 5, []);
        for (ulong slot = 1; slot < 5; slot++) node.Store.Finalize(node.Extend(ConsensusNode.Slot + slot), [1]);
        node.Store.Maintain();
        Assert.Equal(ImportStatus.ParentStatePruned, node.Importer.Import(late, [.. body]).Status);
    }

    [Fact]
    public void AForkOfTheSameLengthIsKeptBesideTheBest()
    {
        (Header fork, OpaqueExtrinsic[] body) = _node.Make(Slot - 1, []);
        _node.Importer.Import(_good, [.. _body]);
        Assert.Equal(ImportStatus.Imported, _node.Importer.Import(fork, [.. body]).Status);
        Assert.Equal(_good.Hash(), _node.Store.Best.Hash);
        (Header longer, OpaqueExtrinsic[] more) = _node.Make(Slot, [], on: fork.Hash());
        Assert.Equal(ImportStatus.Imported, _node.Importer.Import(longer, [.. more]).Status);
        Assert.Equal(longer.Hash(), _node.Store.Best.Hash);
    }

    /// <summary>What the clock allows: half a minute ahead, and no slot more.</summary>
    [Fact]
    public void AuthorsMayBeHalfAMinuteAhead()
    {
        _node.SetSlot(Slot - 10);
        Assert.Equal(ImportStatus.Imported, _node.Importer.Import(_good, [.. _body]).Status);
        using TamperingTests again = new();
        again._node.Time.Now = again._node.Time.Now.AddMilliseconds(-30_001);
        Assert.Equal("bad seal: SlotInFuture", again._node.Importer.Import(again._good, [.. again._body]).ToString());
    }

    public void Dispose() => _node.Dispose();

    private IEnumerable<(string, Header, OpaqueExtrinsic[], string)> Headers()
    {
        Header parent = _node.HeaderOf(_good.ParentHash);
        yield return ("unknown parent", _node.Seal(Unsealed with { ParentHash = Other }), _body, "UnknownParent");
        yield return ("the parent's parent", _node.Seal(Unsealed with { ParentHash = parent.ParentHash }), _body, "bad block: WrongNumber");
        yield return ("the next number", _node.Seal(Unsealed with { Number = 4 }), _body, "bad block: WrongNumber");
        yield return ("number 0", _node.Seal(Unsealed with { Number = 0 }), _body, "bad block: WrongNumber");
        yield return ("another state", _node.Seal(Unsealed with { StateRoot = Other }), _body, "bad block: WrongStateRoot");
        yield return ("another body's root", _node.Seal(Unsealed with { ExtrinsicsRoot = Other }), _body, "bad block: WrongExtrinsicsRoot");
        yield return ("another field under the same seal", _good with { StateRoot = Other }, _body, "bad seal: BadSignature");
    }

    private IEnumerable<(string, Header, OpaqueExtrinsic[], string)> Slots()
    {
        yield return ("no slot", Sealed([.. Items[1..4]], Actor.Alice), _body, "bad seal: MissingSlot");
        yield return ("two slots", Sealed([Items[0], .. Items[..4]]), _body, "bad seal: SecondSlot");
        yield return ("a slot of seven bytes", Sealed([new DigestItem.PreRuntime(EngineId.Aura, [.. new byte[7]]), .. Items[1..4]], Actor.Alice), _body, "bad seal: MalformedSlot");
        yield return ("another engine's claim", Sealed([Items[0], new DigestItem.PreRuntime(new EngineId("BABE"u8), []), .. Items[1..4]]), _body, "bad block: BadPreRuntime");
        yield return ("the parent's slot", Sealed([AuraSeal.Claim(ConsensusNode.Slot + 4), .. Items[1..4]]), _body, "bad seal: SlotNotAfterParent");
        yield return ("a slot before the parent's", Sealed([AuraSeal.Claim(ConsensusNode.Slot + 2), .. Items[1..4]]), _body, "bad seal: SlotNotAfterParent");
        yield return ("a slot that has not come", Sealed([AuraSeal.Claim(Slot + 11), .. Items[1..4]]), _body, "bad seal: SlotInFuture");
        yield return ("another slot than the time's", Sealed([AuraSeal.Claim(Slot + 2), .. Items[1..4]]), _body, Refused(0, InvalidTransaction.BadMandatory));
    }

    private IEnumerable<(string, Header, OpaqueExtrinsic[], string)> DigestItems()
    {
        for (int at = 1; at < 4; at++) yield return ($"without item {at}", Sealed([.. Items[..at], .. Items[(at + 1)..4]]), _body, $"bad block: WrongDigest at item {at}");
        DigestItem.Consensus authors = (DigestItem.Consensus)Items[1];
        Assert.Equal(GrandpaDigestError.None, GrandpaDigest.Read(_good.Digest, out ScheduledChange? found));
        ScheduledChange change = found!.Value;
        yield return ("other authors", Sealed([Items[0], new DigestItem.Consensus(EngineId.Aura, [.. authors.Data.AsSpan()[..^1], 9]), .. Items[2..4]]), _body, "bad block: WrongDigest at item 1");
        yield return ("a delayed change of voters", Sealed([.. Items[..2], (change with { Delay = 1 }).ToDigestItem(), Items[3]]), _body, "bad block: WrongDigest at item 2");
        yield return ("other voters", Sealed([.. Items[..2], new ScheduledChange([.. change.NextAuthorities.ToArray()[..2]], 0).ToDigestItem(), Items[3]]), _body, "bad block: WrongDigest at item 2");
        yield return ("items in another order", Sealed([Items[0], Items[2], Items[1], Items[3]]), _body, "bad block: WrongDigest at item 1");
        yield return ("the slot last", Sealed([.. Items[1..4], Items[0]]), _body, "bad block: WrongDigest at item 0");
        yield return ("an item more", Sealed([.. Items[..4], new DigestItem.Other([1])]), _body, "bad block: WrongDigest at item 4");
        yield return ("a message more", Sealed([.. Items[..4], new DigestItem.Consensus(EngineId.Grandpa, [1])]), _body, "bad block: WrongDigest at item 4");
        yield return ("the upgrade twice", Sealed([.. Items[..4], Items[3]]), _body, "bad block: WrongDigest at item 4");
    }

    private IEnumerable<(string, Header, OpaqueExtrinsic[], string)> Seals()
    {
        DigestItem.Seal seal = (DigestItem.Seal)Items[4];
        yield return ("no seal", Unsealed, _body, "bad seal: MissingSeal");
        yield return ("another engine's seal", With(new DigestItem.Seal(new EngineId("BABE"u8), seal.Data)), _body, "bad seal: MissingSeal");
        yield return ("a seal that is not last", _good with { Digest = new Digest([.. Items[..3], Items[4], Items[3]]) }, _body, "bad seal: MissingSeal");
        yield return ("a short seal", With(new DigestItem.Seal(EngineId.Aura, [.. seal.Data.AsSpan()[1..]])), _body, "bad seal: MalformedSeal");
        yield return ("two seals", _good with { Digest = _good.Digest.With(seal) }, _body, "bad seal: SecondSeal");
        yield return ("an authority whose slot it is not", _node.Seal(Unsealed, Actor.Bob), _body, "bad seal: BadSignature");
        yield return ("nobody's key", _node.Seal(Unsealed, Actor.Eve), _body, "bad seal: BadSignature");
    }

    private IEnumerable<(string, Header, OpaqueExtrinsic[], string)> Inherents()
    {
        OpaqueExtrinsic time = _body[0];
        yield return With("no time", [.. _body[1..]], "bad block: MissingTimestamp");
        yield return With("no extrinsics", [], "bad block: MissingTimestamp");
        yield return With("the time twice", [time, time, .. _body[1..]], Refused(1, InvalidTransaction.BadMandatory));
        yield return With("the time too late", [_body[1], time, _body[2]], "bad block: InherentsNotFirst at extrinsic 1");
        yield return With("another slot's time", [ConsensusNode.Inherent((Slot + 1) * ConsensusNode.Duration), .. _body[1..]], Refused(0, InvalidTransaction.BadMandatory));
        yield return With("another time of the slot", [ConsensusNode.Inherent((Slot * ConsensusNode.Duration) + 1), .. _body[1..]], "bad block: WrongStateRoot");
    }

    private IEnumerable<(string, Header, OpaqueExtrinsic[], string)> Transactions()
    {
        byte[] forged = _body[1].Body.ToArray();
        forged[60] ^= 1;
        yield return With("a transaction less", [.. _body[..2]], "bad block: WrongStateRoot");
        yield return With("a transaction more", [.. _body, _node.Sign(Actor.Dave, new FrameSystem.Remark(default))], "bad block: WrongStateRoot");
        yield return With("transactions in another order", [_body[0], _body[2], _body[1]], "bad block: WrongStateRoot");
        yield return With("a transaction twice", [.. _body, _body[1]], Refused(3, InvalidTransaction.Stale));
        yield return With("a forged signature", [_body[0], new OpaqueExtrinsic([.. forged]), _body[2]], Refused(1, InvalidTransaction.BadProof));
        yield return With("bytes that are none", [.. _body, new OpaqueExtrinsic([0x84])], "bad block: MalformedExtrinsic at extrinsic 3");
    }

    private Header Sealed(DigestItem[] items, Actor? by = null) => _node.Seal(_good with { Digest = new Digest([.. items]) }, by);

    private Header With(DigestItem.Seal seal) => _good with { Digest = new Digest([.. Items[..4], seal]) };

    /// <summary>Another body, with its root and under a good seal.</summary>
    private (string, Header, OpaqueExtrinsic[], string) With(string what, OpaqueExtrinsic[] body, string expected) =>
        (what, _node.Seal(Unsealed with { ExtrinsicsRoot = ExtrinsicsRoot.Compute(body) }), body, expected);

    private static string Refused(int at, TransactionValidityError why) => $"bad block: {new BlockFault(BlockError.InvalidExtrinsic, at, why)}";

    private OpaqueExtrinsic Sudo<T>(in T call)
        where T : ICall<T> => _node.Sign(Actor.Alice, new Phala.Runtime.Interface.Sudo.SudoCall(RuntimeCall.Of(call)));

    /// <summary>What of the chain could have changed.</summary>
    private string Picture()
    {
        ChainHead best = _node.Store.Best;
        string heights = string.Join(' ', Enumerable.Range(0, 6).Select(number => _node.Store.HashesAt((uint)number).Count));
        return $"{best} {_node.Store.Finalized} {string.Join(' ', _node.Store.Leaves)} {heights} {_node.StateOf(best.Hash).Root}";
    }
}
