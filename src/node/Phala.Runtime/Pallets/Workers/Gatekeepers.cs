using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets.Queue;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Workers;

/// <summary>Who is a gatekeeper, and the key that gatekeepers share. The first makes it; later ones come when it is known.</summary>
internal static class Gatekeepers
{
    /// <summary>Gives a worker the office.</summary>
    public static DispatchResult Add(BlockContext block, in Sr25519PublicKey gatekeeper)
    {
        TrieOverlay state = block.State;
        if (!PhalaRegistry.Workers.TryGet(state, gatekeeper, out WorkerInfoV2 worker)) return PhalaRegistry.Error.WorkerNotFound.ToDispatch();
        if (Registration.HasExpired(state, worker)) return PhalaRegistry.Error.RegistrationExpired.ToDispatch();
        Vec<Sr25519PublicKey> inOffice = PhalaRegistry.Gatekeeper.Get(state);
        if (inOffice.AsSpan().Contains(gatekeeper)) return PhalaRegistry.Error.InvalidGatekeeper.ToDispatch();
        if (inOffice.Length > 0 && !PhalaRegistry.GatekeeperMasterPubkey.TryGet(state, out _)) return PhalaRegistry.Error.MasterKeyUninitialized.ToDispatch();
        PhalaRegistry.Gatekeeper.Set(state, [.. inOffice.AsSpan(), gatekeeper]);
        block.Deposit(new PhalaRegistry.GatekeeperAdded(gatekeeper));
        return inOffice.Length == 0
            ? QueueWriter.Push<GatekeeperLaunch>(block, PhalaRegistry.Shape, Topics.GatekeeperLaunch, new GatekeeperLaunch.FirstGatekeeper(gatekeeper, worker.EcdhPubkey))
            : QueueWriter.Push<GatekeeperChange>(block, PhalaRegistry.Shape, Topics.GatekeeperChange, new GatekeeperChange.Registered(gatekeeper, worker.EcdhPubkey));
    }

    /// <summary>Takes the office from a worker.</summary>
    public static DispatchResult Remove(BlockContext block, in Sr25519PublicKey gatekeeper)
    {
        Vec<Sr25519PublicKey> inOffice = PhalaRegistry.Gatekeeper.Get(block.State);
        int place = inOffice.AsSpan().IndexOf(gatekeeper);
        if (place < 0) return PhalaRegistry.Error.InvalidGatekeeper.ToDispatch();
        if (inOffice.Length == 1) return PhalaRegistry.Error.CannotRemoveLastGatekeeper.ToDispatch();
        PhalaRegistry.Gatekeeper.Set(block.State, [.. inOffice.AsSpan()[..place], .. inOffice.AsSpan()[(place + 1)..]]);
        block.Deposit(new PhalaRegistry.GatekeeperRemoved(gatekeeper));
        return QueueWriter.Push<GatekeeperChange>(block, PhalaRegistry.Shape, Topics.GatekeeperChange, new GatekeeperChange.Unregistered(gatekeeper));
    }

    /// <summary>The first key that a gatekeeper announces is the gatekeepers' for ever.</summary>
    public static DispatchResult Announce(BlockContext block, MessageOrigin sender, in Sr25519PublicKey key)
    {
        TrieOverlay state = block.State;
        if (sender is not MessageOrigin.Worker worker || !PhalaRegistry.Gatekeeper.Get(state).AsSpan().Contains(worker.Identity)) return PhalaRegistry.Error.InvalidSender.ToDispatch();
        if (!Registration.IsKey(key)) return PhalaRegistry.Error.InvalidPubKey.ToDispatch();
        if (PhalaRegistry.GatekeeperMasterPubkey.TryGet(state, out _)) return DispatchResult.Ok;
        PhalaRegistry.GatekeeperMasterPubkey.Set(state, key);
        PhalaRegistry.GatekeeperLaunchedAt.Set(state, (block.Number, Registration.Seconds(state)));
        block.Deposit(new PhalaRegistry.GatekeeperLaunched());
        return QueueWriter.Push<GatekeeperLaunch>(block, PhalaRegistry.Shape, Topics.GatekeeperLaunch, new GatekeeperLaunch.MasterPubkeyOnChain(key));
    }
}
