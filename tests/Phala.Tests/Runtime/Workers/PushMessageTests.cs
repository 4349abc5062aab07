using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Messages that accounts and root push.</summary>
public sealed class PushMessageTests
{
    private static readonly Vec<byte> Topic = Vec.Create("a/topic"u8);

    private readonly PhalaChain _chain = new();

    [Fact]
    public void AMessageIsTheAccountsThatSigned()
    {
        _chain.Must(Actor.Bob, new PhalaMq.PushMessage(Topic, [1, 2]));
        Message message = Assert.Single(_chain.Outbound());
        Assert.Equal(new Message(new MessageOrigin.AccountId(Actor.Bob.Account), Topic, [1, 2]), message);
        Assert.Equal(new PhalaMq.Pushed(new MessageId(1, Channel.System, 0), message.Sender, Topic), Assert.Single(_chain.Chain.EventsOf<PhalaMq.Pushed>()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("~a")]
    [InlineData("!a")]
    [InlineData("@a")]
    [InlineData("/a")]
    [InlineData("'a")]
    [InlineData("phala/contract/0101010101010101010101010101010101010101010101010101010101010101/command")]
    public void ATopicThatIsNoneIsRefused(string topic) => _chain.MustFail(Actor.Bob, new PhalaMq.PushMessage(Vec.Create<byte>(System.Text.Encoding.ASCII.GetBytes(topic)), [1]), PhalaMq.Error.BadDestination);

    [Fact]
    public void LimitsAreExact()
    {
        _chain.MustFail(Actor.Bob, new PhalaMq.PushMessage(Vec.Create<byte>([.. Enumerable.Repeat((byte)'a', Topics.MaxLength + 1)]), [1]), PhalaMq.Error.BadDestination);
        _chain.Must(Actor.Bob, new PhalaMq.PushMessage(Vec.Create<byte>([.. Enumerable.Repeat((byte)'a', Topics.MaxLength)]), [1]));
        _chain.MustFail(Actor.Bob, new PhalaMq.PushMessage(Topic, Vec.Create<byte>(new byte[PhalaMq.MaxPayload + 1])), PhalaMq.Error.PayloadTooLarge);
        _chain.Must(Actor.Bob, new PhalaMq.PushMessage(Topic, Vec.Create<byte>(new byte[PhalaMq.MaxPayload])));
    }

    [Fact]
    public void WhatIsReadOnTheChainAloneEntersNoQueue()
    {
        _chain.Must(Actor.Bob, new PhalaMq.PushMessage(Topics.RegistryEvent, [1]));
        Assert.Empty(_chain.Outbound());
        Assert.Empty(_chain.Chain.EventsOf<PhalaMq.Pushed>());
    }

    [Fact]
    public void OnlyRootPushesAsAPallet()
    {
        Assert.Equal(DispatchErrorKind.BadOrigin, ErrorOf(_chain.Do(Actor.Bob, new PhalaMq.ForcePushPalletMessage(Topic, [1]))).Kind);
        Assert.Equal(DispatchErrorKind.BadOrigin, ErrorOf(_chain.Do(Actor.Alice, new Utility.BatchAll([RuntimeCall.Of(new PhalaMq.ForcePushPalletMessage(Topic, [1]))]))).Kind);
        _chain.Root(new PhalaMq.ForcePushPalletMessage(Topic, [1]));
        Assert.Equal(new MessageOrigin.Pallet(Vec.Create("ForcePushed"u8)), Assert.Single(_chain.Outbound()).Sender);
        _chain.RootFails(new PhalaMq.ForcePushPalletMessage(default, [1]), PhalaMq.Error.BadDestination);
        _chain.RootFails(new PhalaMq.ForcePushPalletMessage(Topic, Vec.Create<byte>(new byte[PhalaMq.MaxPayload + 1])), PhalaMq.Error.PayloadTooLarge);
        _chain.Must(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(new PhalaMq.PushMessage(Topic, [1]))));
        Assert.Equal(DispatchErrorKind.BadOrigin, Assert.Single(_chain.Chain.EventsOf<Sudo.Sudid>()).SudoResult.TryGet(out _, out DispatchError error) ? default : error.Kind);
    }

    [Fact]
    public void ABlockTakesSoManyBytesAndMessagesAndNoMore()
    {
        RuntimeCall large = RuntimeCall.Of(new PhalaMq.PushMessage(Topic, Vec.Create<byte>(new byte[PhalaMq.MaxPayload])));
        OpaqueExtrinsic[] many = [.. Enumerable.Range(0, 14).Select(at => _chain.Chain.Sign(Actor.Bob, new Utility.ForceBatch([large]), (uint)at))];
        _chain.Chain.Author(many);
        Assert.Equal(14, _chain.Chain.EventsOf<Utility.ItemCompleted>().Count);

        RuntimeCall small = RuntimeCall.Of(new PhalaMq.PushMessage(Vec.Create("a"u8), default));
        Vec<RuntimeCall> batch = [.. Enumerable.Repeat(small, 4400)];
        uint nonce = _chain.Chain[Actor.Charlie].Nonce;
        _chain.Chain.Author([.. Enumerable.Range(0, 4).Select(at => _chain.Chain.Sign(Actor.Charlie, new Utility.ForceBatch(batch), nonce + (uint)at))]);
        Assert.Equal([true, true, true, true], _chain.Chain.Outcomes.Select(outcome => outcome.IsIncluded));
        Assert.Equal((int)PhalaMq.MaxBlockMessages, _chain.Outbound().Count);
        Assert.Equal(17_600 - (int)PhalaMq.MaxBlockMessages, _chain.Chain.EventsOf<Utility.ItemFailed>().Count);
        Assert.All(_chain.Chain.EventsOf<Utility.ItemFailed>(), failed => Assert.Equal("PhalaMq.QueueFull", Model.Reach.Name(failed.Error)));
        _chain.Chain.Author();
        Assert.Empty(_chain.Outbound());
    }

    [Fact]
    public void BytesCostWeightAndFee()
    {
        DispatchInfo none = Info(new PhalaMq.PushMessage(Topic, default)), some = Info(new PhalaMq.PushMessage(Topic, Vec.Create<byte>(new byte[1000])));
        Assert.Equal(none.Weight + new Weight(5_000_000, 0), some.Weight);
        Assert.Equal(Pays.Yes, some.PaysFee);
        UInt128 before = _chain.Chain[Actor.Dave].Data.Free;
        _chain.Must(Actor.Dave, new PhalaMq.PushMessage(Topic, default));
        UInt128 empty = before - _chain.Chain[Actor.Dave].Data.Free;
        _chain.Must(Actor.Charlie, new PhalaMq.PushMessage(Topic, Vec.Create<byte>(new byte[1000])));
        UInt128 full = before - _chain.Chain[Actor.Charlie].Data.Free;
        Assert.InRange(full - empty, 1000 * 10_000_000ul + 10 * 5_000_000, 1002 * 10_000_000ul + 10 * 5_000_000);
    }

    private static DispatchError ErrorOf(ApplyOutcome outcome) => outcome.Result.Failed(out DispatchError error) ? error : throw new InvalidOperationException("It succeeded.");

    private DispatchInfo Info<T>(T call)
        where T : ICall<T> => _chain.Chain.Runtime.Dispatcher.Info(RuntimeCall.Of(call));
}
