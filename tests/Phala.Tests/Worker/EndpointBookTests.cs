using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Worker.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What a worker signs of itself for the registry: no more than the chain takes, and once.</summary>
public sealed class EndpointBookTests
{
    private const ulong Now = 1_700_000_000_000;

    private readonly WorkerWorld _world = new WorkerWorld(1).BeginCluster();

    private EndpointBook Book => _world.First.Core.Endpoints;

    private WorkerEndpointPayload Payload => Scale.Decode<WorkerEndpointPayload>(Book.Signed!.Value.Payload).Value!;

    [Fact]
    public void No_more_and_no_longer_endpoints_are_signed_than_the_chain_takes()
    {
        const string start = "http://worker.example/";
        string longest = start.PadRight(PhalaRegistry.MaxEndpointUrl, 'a');
        Assert.Null(Book.Sign([.. Enumerable.Repeat(longest, PhalaRegistry.MaxEndpoints)], Now));
        Assert.Contains("1 to 8", Book.Sign([.. Enumerable.Repeat(start, PhalaRegistry.MaxEndpoints + 1)], Now), StringComparison.Ordinal);
        Assert.Contains("256", Book.Sign([longest + "a"], Now), StringComparison.Ordinal);
        Assert.NotNull(Book.Sign(default(Vec<string>), Now));
        Assert.NotNull(Book.Sign(["ftp://worker.example/"], Now));
        Assert.Equal(PhalaRegistry.MaxEndpoints, Assert.IsType<VersionedWorkerEndpoints.V1>(Payload.VersionedEndpoints).Endpoints.Length);
    }

    [Fact]
    public void Who_asks_for_the_same_gets_the_same_signature_until_it_is_half_as_old_as_it_may_be()
    {
        Assert.Null(Book.Sign(["http://one"], Now));
        (byte[] Payload, Sr25519SignatureBytes Signature) first = Book.Signed!.Value;
        Assert.Null(Book.Sign(["http://one"], Now + (PhalaRegistry.EndpointLength / 2) - 1));
        Assert.Same(first.Payload, Book.Signed.Value.Payload);
        Assert.Null(Book.Sign(["http://one"], Now + (PhalaRegistry.EndpointLength / 2)));
        Assert.Equal(Now + (PhalaRegistry.EndpointLength / 2), Payload.SigningTime);
        Assert.Null(Book.Sign(["http://two"], Now));
        Assert.Equal(Now + (PhalaRegistry.EndpointLength / 2) + 1, Payload.SigningTime);
        Assert.Null(Book.Sign(null, Now));
        Assert.Equal(Now + (PhalaRegistry.EndpointLength / 2) + 2, Payload.SigningTime);
    }

    [Fact]
    public void What_the_chain_has_of_another_start_is_signed_over_later()
    {
        Assert.Null(Book.Sign(["http://one"], Now));
        VersionedWorkerEndpoints mine = new VersionedWorkerEndpoints.V1(["http://one"]), other = new VersionedWorkerEndpoints.V1(["http://two"]);
        byte[] signed = Book.Signed!.Value.Payload;
        Book.Renew(null, 0, Now + 5);
        Book.Renew(other, Now - 1, Now + 5);
        Book.Renew(mine, Now + 10, Now + 5);
        Assert.Same(signed, Book.Signed.Value.Payload);
        Book.Renew(other, Now + 10, Now + 5);
        Assert.Equal((mine, Now + 11), (Payload.VersionedEndpoints, Payload.SigningTime));
        Book.Renew(other, Now + 11, Now + 50);
        Assert.Equal(Now + 50, Payload.SigningTime);
    }

    [Fact]
    public void A_worker_that_is_told_of_its_copys_endpoint_signs_its_own_again()
    {
        TestWorker worker = _world.First;
        Assert.Null(Book.Sign(["http://one"], worker.Status.ViewTime));
        _world.Pallets.Write(QueueChain.Set(PhalaRegistry.Endpoints, worker.Identity, new VersionedWorkerEndpoints.V1(["http://copy"])));
        ulong signedAt = worker.Status.ViewTime + 1_000_000;
        _world.Pallets.Write(QueueChain.Set(PhalaRegistry.EndpointsSignedAt, worker.Identity, signedAt));
        _world.Settle();
        Assert.Equal(signedAt + 1, Payload.SigningTime);
        Assert.True(worker.Status.Needs.Endpoint);
    }

    [Fact]
    public void A_registration_names_the_workers_head()
    {
        WorkerRegistrationInfoV2 info = _world.First.Core.Register()!.Info;
        Assert.True(info.Block.Number > 0);
        Assert.Equal(_world.First.Status.Head, info.Block);
    }
}
