using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Outbox;
using Phala.Worker.Streams;

namespace Phala.Worker.Keys;

/// <summary>The office of a gatekeeper: makes the master key and clusters' secrets, and wraps these to members' recorded sessions.</summary>
/// <remarks>
/// <para><b>Concept.</b> What should be there follows from the system's channel; what is there are the messages of that channel and those that wait in the box. The difference is sent. So it does not matter when it is
/// compared, how often, or what was forgotten in a restart.</para>
/// <para><b>Invariant.</b> Secrets are sealed before anything of them is sent. For a cluster that has keys on the chain none are drawn, and none but those are
/// wrapped: a host that puts files back to an earlier state and shows an earlier head can have others drawn, which are worth nothing.</para>
/// </remarks>
internal sealed class Gatekeeper(Hash256 genesis, WorkerIdentity identity, GatekeeperKeys keys, ILogger log)
{
    /// <summary>Sends what is missing. To be called when the system's channel is applied up to the verified head.</summary>
    /// <param name="system">The system's channel.</param>
    /// <param name="head">The number of the verified head: sessions whose lease ended before it are given nothing.</param>
    /// <param name="box">What waits; receives what is sent.</param>
    /// <param name="added">Told of every message that is added.</param>
    public void Reconcile(SystemState system, uint head, MessageBox box, Action<SignedMessage> added)
    {
        if (!system.IsGatekeeper) return;
        if (system.Master is not { } master)
        {
            if (system.FirstGatekeeper == identity.PublicKey) Announce(box, added);
            return;
        }

        if (keys.Master is not { } own || !own.PublicKey.SequenceEqual(master.AsSpan())) return;
        List<ClusterKeyMessage> waiting = WaitingIn(box);
        foreach (ClusterFacts cluster in system.Clusters.Where(cluster => !cluster.IsEnded)) Reconcile(system, cluster, head, waiting, message => Send(message, own, box, added));
    }

    private static List<ClusterKeyMessage> WaitingIn(MessageBox box)
    {
        List<ClusterKeyMessage> waiting = [];
        foreach (SignedMessage message in box.Pending.Where(pending => pending.Sender is MessageOrigin.Gatekeeper).SelectMany(pending => pending.Messages))
        {
            if (Scale.Decode<ClusterKeyMessage>(message.Message.Payload.AsSpan()).TryGet(out ClusterKeyMessage? decoded)) waiting.Add(decoded);
        }

        return waiting;
    }

    private void Announce(MessageBox box, Action<SignedMessage> added)
    {
        MessageOrigin sender = new MessageOrigin.Worker(identity.PublicKey);
        Sr25519KeyPair master = keys.Master ?? keys.MakeMaster();
        Vec<byte> payload = Vec.Create<byte>(Scale.Encode<RegistryEvent>(new RegistryEvent.MasterPubkey(new Sr25519PublicKey(master.PublicKey))));
        Message message = new(sender, Topics.RegistryEvent, payload);
        if (box.Pending.Any(pending => pending.Sender == sender && pending.Messages.Any(each => each.Message == message))) return;
        added(box.Add(message, bytes => identity.Sign(bytes).AsSpan().ToArray()));
        KeyLog.MasterMade(log);
    }

    private void Reconcile(SystemState system, ClusterFacts cluster, uint head, List<ClusterKeyMessage> waiting, Action<ClusterKeyMessage> send)
    {
        bool hasKeys = cluster.Keys.TryGet(out AnnouncedKeys announced), isAnnounced = waiting.OfType<ClusterKeyMessage.Available>().Any(message => message.Cluster == cluster.Id);
        ClusterSecrets? secrets = keys.SecretsOf(cluster.Id);
        if (hasKeys && (secrets is null || !announced.AreOf(secrets)))
        {
            KeyLog.SecretsLost(log, cluster.Id);
            return;
        }

        secrets ??= keys.MakeCluster(cluster.Id);
        if (!hasKeys && !isAnnounced)
        {
            using Sr25519KeyPair clusterIdentity = secrets.DeriveClusterIdentity();
            send(new ClusterKeyMessage.Available(cluster.Id, secrets.Epoch, new X25519PublicKey(secrets.CommandKey.PublicKey), new Sr25519PublicKey(clusterIdentity.PublicKey)));
            KeyLog.SecretsMade(log, cluster.Id);
        }

        foreach (Sr25519PublicKey member in cluster.Members)
        {
            if (system.SessionOf(member) is not { } session || session.LeaseEnd < head || cluster.Wrapped.AsSpan().Contains(session.SigningKey)) continue;
            if (waiting.OfType<ClusterKeyMessage.Wrapped>().Any(message => message.Cluster == cluster.Id && message.Session == session.SigningKey)) continue;
            if (TryWrap(cluster.Id, session, secrets) is { } wrapped) send(wrapped);
        }
    }

    private ClusterKeyMessage.Wrapped? TryWrap(in Hash256 cluster, SessionRecord session, ClusterSecrets secrets)
    {
        KeyWrapContext context = new(genesis, cluster, secrets.Epoch, session.SigningKey, session.ClaimedBlock.Hash);
        Span<byte> entropy = stackalloc byte[32];
        RandomNumberGenerator.Fill(entropy);
        byte[] wrapped = new byte[KeyWrap.Length];
        EnvelopeError error = KeyWrap.Seal(context, session.EncryptionKey, secrets, entropy, wrapped);
        CryptographicOperations.ZeroMemory(entropy);
        return error == EnvelopeError.None ? new ClusterKeyMessage.Wrapped(cluster, secrets.Epoch, session.SigningKey, Vec.Create<byte>(wrapped)) : null;
    }

    private static void Send(ClusterKeyMessage message, Sr25519KeyPair master, MessageBox box, Action<SignedMessage> added) =>
        added(box.Add(
            new Message(new MessageOrigin.Gatekeeper(), Topics.ClusterKeys, Vec.Create<byte>(Scale.Encode(message))), bytes => Signing.Sign(master, bytes).AsSpan().ToArray()));
}
