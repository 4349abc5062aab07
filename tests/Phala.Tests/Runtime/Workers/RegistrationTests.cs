using Phala.Chain;
using Phala.Codec;
using Phala.Node.ChainSpecs;
using Phala.Runtime.Execution;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets;
using Phala.Testing;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Which workers are registered, and where they answer.</summary>
public sealed class RegistrationTests
{
    private static readonly Measurement Other = new([.. Enumerable.Repeat((byte)0xB2, 32)]);
    private static readonly Sr25519PublicKey NoKey = new([.. Enumerable.Repeat((byte)0xFF, 32)]);

    private readonly PhalaChain _chain = new();
    private readonly TestWorker _worker = TestWorker.One;

    [Fact]
    public void AWorkerOfAnAllowedProgramIsRegisteredAndAgain()
    {
        _chain.Register(_worker);
        Option<AttestationProvider> provider = new(AttestationProvider.InsecureDev);
        Assert.Equal(new PhalaRegistry.WorkerAdded(_worker.Identity, provider, 128), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.WorkerAdded>()));
        WorkerInfoV2 info = PhalaRegistry.Workers.Get(_chain.Main, _worker.Identity);
        Assert.Equal(new WorkerInfoV2(_worker.Identity, _worker.Identity, 0x0001_0203, Timestamp.Now.Get(_chain.Main) / 1000, new Option<AccountId>(TestWorker.Operator.Account), provider, 128, default, [4, 1]), info);
        Assert.Equal(1u, PhalaRegistry.WorkerAddedAt.Get(_chain.Main, _worker.Identity));
        Message message = Assert.Single(_chain.Outbound());
        Assert.Equal((Topics.SystemEvent, new MessageOrigin.Pallet(Vec.Create("PhalaRegistry"u8))), (message.Destination, message.Sender));
        Assert.Equal(new SystemEvent.WorkerEvent(_worker.Identity, new WorkerEvent.Registered(128)), Scale.Decode<SystemEvent>(message.Payload.AsSpan()).Value);

        _chain.Must(Actor.Eve, TestWorker.Registration(_worker.Info(_chain, 0x0001_0300)));
        Assert.Equal(new PhalaRegistry.WorkerUpdated(_worker.Identity, provider, 128), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.WorkerUpdated>()));
        Assert.Equal((0x0001_0300u, 1u), (PhalaRegistry.Workers.Get(_chain.Main, _worker.Identity).RuntimeVersion, PhalaRegistry.WorkerAddedAt.Get(_chain.Main, _worker.Identity)));
        Assert.Equal(info.LastUpdated + 3, PhalaRegistry.Workers.Get(_chain.Main, _worker.Identity).LastUpdated);
    }

    [Fact]
    public void WhatAWorkerSaysMustBeSoAndItsAttestationBindIt()
    {
        WorkerRegistrationInfoV2 info = _worker.Info(_chain);
        Refused(TestWorker.Registration(info with { ParaId = 1 }), PhalaRegistry.Error.ParachainIdMismatch);
        Refused(TestWorker.Registration(info with { GenesisBlockHash = default }), PhalaRegistry.Error.GenesisBlockHashRejected);
        Refused(TestWorker.Registration(info with { MachineId = Vec.Create<byte>(new byte[65]) }), PhalaRegistry.Error.InvalidRuntimeInfo);
        Refused(TestWorker.Registration(info with { Features = Vec.Create<uint>(new uint[17]) }), PhalaRegistry.Error.InvalidRuntimeInfo);
        Refused(TestWorker.Registration(info with { Pubkey = NoKey }), PhalaRegistry.Error.InvalidPubKey);
        Refused(TestWorker.Registration(info with { EcdhPubkey = NoKey }), PhalaRegistry.Error.InvalidPubKey);
        Refused(TestWorker.Registration(info) with { Attestation = default }, PhalaRegistry.Error.NoneAttestationDisabled);
        Refused(TestWorker.Registration(info) with { PruntimeInfo = info with { Version = 7 } }, PhalaRegistry.Error.InvalidRuntimeInfoHash);
        AttestationReport.InsecureDev report = (AttestationReport.InsecureDev)(TestWorker.Registration(info).Attestation.TryGet(out AttestationReport? attested) ? attested : null)!;
        byte[] data = report.ReportData.AsSpan().ToArray();
        data[63] = 1;
        Refused(new PhalaRegistry.RegisterWorkerV2(info, new Option<AttestationReport>(report with { ReportData = new ReportData(data) })), PhalaRegistry.Error.InvalidRuntimeInfoHash);
        Assert.Equal(TransactionRefusal(), _chain.BareRefusal(TestWorker.Registration(info)).ToString());
        Assert.Equal(default, _chain.Queue);

        static string TransactionRefusal() => ((Phala.Runtime.Interface.Transactions.TransactionValidityError)Phala.Runtime.Interface.Transactions.UnknownTransaction.NoUnsignedValidator).ToString();
    }

    [Fact]
    public void OnlyAllowedProgramsOfTheLeastVersionAreRegistered()
    {
        Refused(TestWorker.Registration(_worker.Info(_chain), Other), PhalaRegistry.Error.PRuntimeRejected);
        _chain.Root(new PhalaRegistry.AddPruntime(Other));
        Assert.Equal(new PhalaRegistry.PruntimeAdded(Other), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.PruntimeAdded>()));
        Assert.Equal(_chain.Chain.Best.Number, PhalaRegistry.PRuntimeAddedAt.Get(_chain.Main, Other));
        Assert.Equal([PhalaChain.Program, Other], PhalaRegistry.PRuntimeAllowList.Get(_chain.Main).ToArray());
        Assert.Equal(0u, PhalaRegistry.PRuntimeAddedAt.Get(_chain.Main, PhalaChain.Program));
        _chain.RootFails(new PhalaRegistry.AddPruntime(Other), PhalaRegistry.Error.PRuntimeAlreadyExists);
        _chain.Must(Actor.Bob, TestWorker.Registration(_worker.Info(_chain), Other));
        _chain.Root(new PhalaRegistry.RemovePruntime(PhalaChain.Program));
        Assert.Equal(new PhalaRegistry.PruntimeRemoved(PhalaChain.Program), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.PruntimeRemoved>()));
        _chain.RootFails(new PhalaRegistry.RemovePruntime(PhalaChain.Program), PhalaRegistry.Error.PRuntimeNotFound);
        Assert.Equal([Other], PhalaRegistry.PRuntimeAllowList.Get(_chain.Main).ToArray());
        Refused(_worker.Registration(_chain), PhalaRegistry.Error.PRuntimeRejected);

        _chain.Root(new PhalaRegistry.SetMinimumPruntimeVersion(1, 2, 3));
        Assert.Equal(new PhalaRegistry.MinimumPRuntimeVersionChangedTo(1, 2, 3), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.MinimumPRuntimeVersionChangedTo>()));
        _chain.Must(Actor.Bob, TestWorker.Registration(_worker.Info(_chain, 0x0001_0203), Other));
        _chain.Must(Actor.Bob, TestWorker.Registration(_worker.Info(_chain, 0x0001_0300), Other));
        _chain.Must(Actor.Bob, TestWorker.Registration(_worker.Info(_chain, 0x0002_0000), Other));
        Refused(TestWorker.Registration(_worker.Info(_chain, 0x0001_0202), Other), PhalaRegistry.Error.PRuntimeRejected);
        Refused(TestWorker.Registration(_worker.Info(_chain, 0x0000_FFFF), Other), PhalaRegistry.Error.PRuntimeRejected);
    }

    [Fact]
    public void TheOperatorThatStandsChangesTheOperator()
    {
        _chain.Register(_worker);
        PhalaRegistry.RegisterWorkerV2 moved = TestWorker.Registration(_worker.Info(_chain) with { Operator = new Option<AccountId>(Actor.Bob.Account) });
        Refused(moved, PhalaRegistry.Error.InvalidSender);
        _chain.Must(TestWorker.Operator, moved);
        _chain.MustRefuse(TestWorker.Operator, _worker.Registration(_chain), PhalaRegistry.Error.InvalidSender);
        _chain.Must(Actor.Eve, TestWorker.Registration(_worker.Info(_chain) with { Operator = new Option<AccountId>(Actor.Bob.Account) }));
        _chain.Must(Actor.Bob, TestWorker.Registration(_worker.Info(_chain) with { Operator = default }));
        _chain.Must(Actor.Eve, _worker.Registration(_chain));
    }

    /// <summary>What a worker said once nobody says again in its place: its registration lasts as long as the worker itself renews it, and its operator stays who he is.</summary>
    [Fact]
    public void AnOldRegistrationIsRefusedHoweverOftenItIsBrought()
    {
        PhalaRegistry.RegisterWorkerV2 first = _worker.Registration(_chain), second = TestWorker.Registration(_worker.Info(_chain, 0x0001_0300));
        _chain.Must(Actor.Eve, first);
        uint recorded = _chain.Chain.Best.Number;
        WorkerInfoV2 stands = PhalaRegistry.Workers.Get(_chain.Main, _worker.Identity);
        Assert.Equal(recorded, PhalaRegistry.WorkerUpdatedAt.Get(_chain.Main, _worker.Identity));
        foreach (PhalaRegistry.RegisterWorkerV2 old in (PhalaRegistry.RegisterWorkerV2[])[first, second])
        {
            _chain.MustRefuse(Actor.Bob, old, PhalaRegistry.Error.RegistrationSuperseded);
            _chain.Must(Actor.Bob, new Utility.Batch([RuntimeCall.Of(old)]));
            Assert.Equal(PhalaRegistry.Error.RegistrationSuperseded.ToDispatch(), Assert.Single(_chain.Chain.EventsOf<Utility.BatchInterrupted>()).Error);
        }

        Assert.Equal(stands, PhalaRegistry.Workers.Get(_chain.Main, _worker.Identity));
        _chain.Must(Actor.Bob, TestWorker.Registration(_worker.Info(_chain) with { Block = new BlockId(FrameSystem.BlockHash.Get(_chain.Main, recorded), recorded) }));
        Assert.True(PhalaRegistry.Workers.Get(_chain.Main, _worker.Identity).LastUpdated > stands.LastUpdated);
    }

    [Fact]
    public void ARegistrationIsMadeOnThisChainAndNotLongAgo()
    {
        WorkerRegistrationInfoV2 info = _worker.Info(_chain);
        Refused(TestWorker.Registration(info with { Block = info.Block with { Hash = default } }), PhalaRegistry.Error.SessionNotCanonical);
        Refused(TestWorker.Registration(info with { Block = info.Block with { Number = 5 } }), PhalaRegistry.Error.SessionNotCanonical);
        Refused(TestWorker.Registration(info with { Block = info.Block with { Number = uint.MaxValue } }), PhalaRegistry.Error.SessionNotCanonical);
        info = _worker.Info(_chain);
        while (_chain.Chain.Best.Number < info.Block.Number + SessionClaim.LongestAge - 1) _chain.Chain.Author();
        Assert.Equal(1ul, _chain.Valid(_chain.Chain.Sign(Actor.Bob, TestWorker.Registration(info))).Longevity);
        _chain.Chain.Author();
        Refused(TestWorker.Registration(info), PhalaRegistry.Error.SessionNotCanonical);
        _chain.Must(Actor.Bob, TestWorker.Registration(info with { Block = new BlockId(FrameSystem.BlockHash.Get(_chain.Main, info.Block.Number + 2), info.Block.Number + 2) }));
    }

    /// <summary>As those of sessions: whoever pays, only one of them gets into a pool, and into a block.</summary>
    [Fact]
    public void RegistrationsAndEndpointsOfAWorkerAreOneForThePool()
    {
        WorkerRegistrationInfoV2 info = _worker.Info(_chain), later = info with { Version = 7 };
        ValidTransaction[] both = [_chain.Valid(_chain.Chain.Sign(Actor.Bob, TestWorker.Registration(info))), _chain.Valid(_chain.Chain.Sign(Actor.Eve, TestWorker.Registration(later)))];
        Assert.Equal(info.PoolTag(), Assert.Single(both[0].Provides.ToArray().Intersect(both[1].Provides.ToArray())));
        Assert.NotEqual(info.PoolTag(), TestWorker.Two.Info(_chain).PoolTag());
        _chain.Chain.Author(_chain.Chain.Sign(Actor.Bob, TestWorker.Registration(info)), _chain.Chain.Sign(Actor.Eve, TestWorker.Registration(later)));
        Assert.Equal([true, false], _chain.Chain.Outcomes.Select(outcome => outcome.IsIncluded));
        Assert.Equal(InvalidTransaction.Stale, _chain.Chain.Outcomes[1].Refusal);

        ulong now = Timestamp.Now.Get(_chain.Main);
        PhalaRegistry.UpdateWorkerEndpoint one = Endpoint(now), other = Endpoint(now - 1, ["http://three"]);
        both = [_chain.Valid(_chain.Chain.Sign(Actor.Bob, one)), _chain.Valid(_chain.Chain.Sign(Actor.Eve, other))];
        Assert.Equal(one.EndpointPayload.PoolTag(), Assert.Single(both[0].Provides.ToArray().Intersect(both[1].Provides.ToArray())));
        _chain.Chain.Author(_chain.Chain.Sign(Actor.Bob, one), _chain.Chain.Sign(Actor.Eve, other));
        Assert.Equal([true, false], _chain.Chain.Outcomes.Select(outcome => outcome.IsIncluded));
    }

    [Fact]
    public void OnlyRootDoesWhatRootDoes()
    {
        foreach (ApplyOutcome outcome in (ApplyOutcome[])
        [
            _chain.Do(Actor.Bob, new PhalaRegistry.AddPruntime(Other)), _chain.Do(Actor.Bob, new PhalaRegistry.RemovePruntime(PhalaChain.Program)),
            _chain.Do(Actor.Bob, new PhalaRegistry.SetMinimumPruntimeVersion(1, 2, 3)), _chain.Do(Actor.Bob, new PhalaRegistry.ForceRegisterWorker(_worker.Identity, _worker.Identity, default)),
            _chain.Do(Actor.Bob, new PhalaRegistry.RegisterGatekeeper(_worker.Identity)), _chain.Do(Actor.Bob, new PhalaRegistry.UnregisterGatekeeper(_worker.Identity)),
            _chain.Do(Actor.Bob, new PhalaPhatContracts.ClusterDestroy(default)), _chain.Do(Actor.Bob, PhalaChain.ClusterOf(Actor.Bob, [_worker.Identity])),
        ])
        {
            Assert.True(outcome.Result.Failed(out DispatchError error));
            Assert.Equal(DispatchErrorKind.BadOrigin, error.Kind);
        }
    }

    [Fact]
    public void RootRegistersWithoutAttestationOnAChainForDevelopment()
    {
        _chain.RootFails(new PhalaRegistry.ForceRegisterWorker(NoKey, _worker.Identity, default), PhalaRegistry.Error.InvalidPubKey);
        _chain.RootFails(new PhalaRegistry.ForceRegisterWorker(_worker.Identity, NoKey, default), PhalaRegistry.Error.InvalidPubKey);
        _chain.Root(new PhalaRegistry.ForceRegisterWorker(_worker.Identity, _worker.Identity, new Option<AccountId>(Actor.Bob.Account)));
        Assert.Equal(new PhalaRegistry.WorkerAdded(_worker.Identity, new Option<AttestationProvider>(AttestationProvider.Root), 128), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.WorkerAdded>()));
        PhalaChain live = new(config => config with { AllowInsecureDev = false });
        live.RootFails(new PhalaRegistry.ForceRegisterWorker(_worker.Identity, _worker.Identity, default), PhalaRegistry.Error.NoneAttestationDisabled);
    }

    [Fact]
    public void AProductionChainTakesNoWorkerThatNothingVouchesFor()
    {
        GenesisConfig live = TestChain.Usual with { AllowedMeasurements = [PhalaChain.Program] };
        ChainSpecReader reader = new(TestChain.LightCode);
        Assert.True(reader.TryRead(Spec("Live", live), out ChainSpec? spec, out ChainSpecError? error), error?.ToString());
        PhalaChain chain = new(config => live);
        Assert.Equal(chain.Chain.State.Root, spec.Genesis.Root);
        chain.MustRefuse(Actor.Bob, _worker.Registration(chain), PhalaRegistry.Error.NoneAttestationDisabled);
        // Even a worker that came in otherwise gets no session.
        Phala.Trie.Storage.StateOverlay overlay = new(chain.Chain.State);
        PhalaRegistry.Workers.Set(overlay.Main, _worker.Identity, new WorkerInfoV2(_worker.Identity, _worker.Identity, 0, ulong.MaxValue / 2, default, default, 1, default, default));
        Assert.Equal(BlockError.None, chain.Chain.Runtime.TryBegin(overlay.ToSnapshot(), chain.Chain.Best, 50, out BlockExecution? execution));
        Assert.True(execution!.TryPrepare(PhalaChain.Bare(_worker.Claim(chain)), out PreparedTransaction? claim));
        Assert.Equal(Phala.Runtime.Interface.Transactions.TransactionValidityError.Custom((byte)PhalaRegistry.Error.NoneAttestationDisabled), execution.Apply(claim).Refusal);

        GenesisConfig insecure = live with { AllowInsecureDev = true };
        foreach (string type in (string[])["Live", "Mainnet"])
        {
            Assert.False(reader.TryRead(Spec(type, insecure), out _, out error));
            Assert.Equal("genesis", error.Field);
            Assert.Contains("allowInsecureDev", error.Problem, StringComparison.Ordinal);
        }

        foreach (string type in (string[])["Development", "Local"])
        {
            Assert.True(reader.TryRead(Spec(type, insecure), out spec, out _));
            Assert.True(reader.TryRead(System.Text.Encoding.UTF8.GetBytes(ChainSpecWriter.WriteRaw(spec)), out ChainSpec? raw, out _));
            Assert.Equal(spec.Genesis.Root, raw.Genesis.Root);
            Assert.False(reader.TryRead(System.Text.Encoding.UTF8.GetBytes(ChainSpecWriter.WriteRaw(spec).Replace($"\"{type}\"", "\"Live\"", StringComparison.Ordinal)), out _, out error));
        }

        static byte[] Spec(string type, GenesisConfig config)
        {
            GenesisBuilder.TryBuild(config, TestChain.LightCode, out Phala.Trie.Storage.StateSnapshot? state);
            ChainSpec spec = new() { Name = "Test", Id = "test", ChainType = type, Genesis = state };
            return System.Text.Encoding.UTF8.GetBytes(ChainSpecWriter.WritePlain(spec, config));
        }
    }

    [Fact]
    public void MeasurementsOfAGenesisAreReadAndEachIsThereOnce()
    {
        GenesisConfig twice = TestChain.Usual with { AllowedMeasurements = [Other, Other] };
        Assert.Equal(GenesisError.BadMeasurements, GenesisBuilder.TryBuild(twice, TestChain.LightCode, out _));
        string good = System.Text.Encoding.UTF8.GetString(Plain());
        Assert.Contains("\"allowedMeasurements\"", good, StringComparison.Ordinal);
        string hex = Hex.Format(Other.AsSpan());
        foreach ((string bad, string field) in new[] { ("\"0x12\"", "genesis.runtimeGenesis.allowedMeasurements[0]"), ("5", "genesis.runtimeGenesis.allowedMeasurements"), ("\"no\"", "genesis.runtimeGenesis.allowedMeasurements[0]") })
        {
            Assert.False(new ChainSpecReader(TestChain.LightCode).TryRead(System.Text.Encoding.UTF8.GetBytes(good.Replace($"\"{hex}\"", bad, StringComparison.Ordinal)), out _, out ChainSpecError? error));
            Assert.Equal(field, error.Field);
        }

        Assert.False(new ChainSpecReader(TestChain.LightCode).TryRead(System.Text.Encoding.UTF8.GetBytes(good.Replace("\"allowInsecureDev\": true", "\"allowInsecureDev\": 1", StringComparison.Ordinal)), out _, out ChainSpecError? flag));
        Assert.Equal("genesis.runtimeGenesis.allowInsecureDev", flag.Field);

        static byte[] Plain()
        {
            GenesisConfig config = TestChain.Usual with { AllowInsecureDev = true, AllowedMeasurements = [Other] };
            GenesisBuilder.TryBuild(config, TestChain.LightCode, out Phala.Trie.Storage.StateSnapshot? state);
            return System.Text.Encoding.UTF8.GetBytes(ChainSpecWriter.WritePlain(new ChainSpec { Name = "Test", Id = "test", ChainType = "Local", Genesis = state }, config));
        }
    }

    [Fact]
    public void AnEndpointIsTheWorkersOwnFreshAndLaterThanTheOneThatStands()
    {
        Vector vector = VectorFile.Read("Runtime/Workers/Vectors/messages.txt")[1];
        WorkerEndpointPayload published = Scale.Decode<WorkerEndpointPayload>(vector.Bytes("payload")).Value!;
        Assert.Equal(vector.Bytes("signed"), [0xFF, 2, .. Scale.Encode(published)]);
        Assert.Equal((1_700_000_000_000ul, new VersionedWorkerEndpoints.V1(["http://127.0.0.1:8000"])), (published.SigningTime, published.VersionedEndpoints));

        ulong Now() => Timestamp.Now.Get(_chain.Main) + 3000;
        _chain.Chain.Author();
        _chain.MustRefuse(Actor.Bob, Endpoint(Now() - 1), PhalaRegistry.Error.WorkerNotFound);
        _chain.Register(_worker);
        PhalaRegistry.UpdateWorkerEndpoint first = Endpoint(Now() - 1);
        _chain.Must(Actor.Bob, first);
        Assert.Equal(new PhalaRegistry.EndpointUpdated(_worker.Identity), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.EndpointUpdated>()));
        Assert.Equal(first.EndpointPayload.VersionedEndpoints, PhalaRegistry.Endpoints.Get(_chain.Main, _worker.Identity));
        _chain.MustRefuse(Actor.Bob, first, PhalaRegistry.Error.InvalidEndpointSigningTime);
        _chain.MustRefuse(Actor.Bob, Endpoint(Now() + 1), PhalaRegistry.Error.InvalidEndpointSigningTime);
        _chain.MustRefuse(Actor.Bob, Endpoint(first.EndpointPayload.SigningTime - 1), PhalaRegistry.Error.InvalidEndpointSigningTime);
        _chain.Must(Actor.Bob, Endpoint(first.EndpointPayload.SigningTime + 1));
        _chain.MustRefuse(Actor.Bob, Endpoint(Now() - 1) with { Signature = first.Signature }, PhalaRegistry.Error.InvalidSignature);
        _chain.MustRefuse(Actor.Bob, Endpoint(Now() - 1) with { Signature = [1] }, PhalaRegistry.Error.InvalidSignature);
        _chain.MustRefuse(Actor.Bob, Endpoint(Now() - 1, [.. Enumerable.Repeat("a", 9)]), PhalaRegistry.Error.InvalidInput);
        _chain.MustRefuse(Actor.Bob, Endpoint(Now() - 1, [new string('a', 257)]), PhalaRegistry.Error.InvalidInput);
        _chain.Must(Actor.Bob, Endpoint(Now() - 1, [.. Enumerable.Repeat(new string('a', 256), 8)]));
    }

    [Fact]
    public void AnEndpointIsGoodForFourHours()
    {
        PhalaChain chain = new(config => config with { SlotDuration = 60 * 60 * 1000 });
        chain.Register(_worker);
        for (int at = 0; at < 8; at++) chain.Chain.Author();
        ulong now = Timestamp.Now.Get(chain.Main) + (60 * 60 * 1000);
        chain.MustRefuse(Actor.Bob, Endpoint(now - PhalaRegistry.EndpointLength - 1), PhalaRegistry.Error.InvalidEndpointSigningTime);
        now += 60 * 60 * 1000;
        chain.Must(Actor.Bob, Endpoint(now - PhalaRegistry.EndpointLength));
    }

    private PhalaRegistry.UpdateWorkerEndpoint Endpoint(ulong signedAt, Vec<string>? urls = null)
    {
        WorkerEndpointPayload payload = new(_worker.Identity, new VersionedWorkerEndpoints.V1(urls ?? ["http://one", "http://two"]), signedAt);
        return new PhalaRegistry.UpdateWorkerEndpoint(payload, PhalaChain.Sign(_worker.Keys, [0xFF, 2, .. Scale.Encode(payload)]));
    }

    private void Refused(PhalaRegistry.RegisterWorkerV2 call, PhalaRegistry.Error error) => _chain.MustRefuse(Actor.Eve, call, error);
}
