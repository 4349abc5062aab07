using System.Globalization;
using System.Security.Cryptography;
using Phala.Chain;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;

namespace Phala.Tests.Worker;

/// <summary>Commands of every kind to a world's cluster: good and refused, sealed and plain, expired, replayed, and new contracts.</summary>
internal sealed class RandomCommands(WorkerWorld world, Random random)
{
    private static readonly AccountId[] Accounts = [ClusterWorld.Owner, ClusterWorld.Account("first"), ClusterWorld.Account("second")];
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(CommandNonce.Size);

    public int Count { get; private set; }

    /// <summary>Pushes the commands of a block: often several, sometimes none.</summary>
    public void Push()
    {
        for (int left = random.Next(5); left > 0; left--, Count++) PushOne(Accounts[random.Next(Accounts.Length)]);
    }

    private void PushOne(AccountId sender)
    {
        using X25519KeyPair reply = X25519KeyPair.Derive(RandomNumberGenerator.GetBytes(32));
        switch (random.Next(9))
        {
            case 0:
                world.Command(sender, ClusterWorld.Call("grant", Name(), Accounts[1].AsSpan().ToArray()), reply);
                break;
            case 1:
                world.Command(sender, ClusterWorld.Call("remove", Name()), reply);
                break;
            case 2:
                world.Command(sender, Store(), reply, expiry: world.Chain.Best.Slot * QueueChain.SlotDuration);
                break;
            case 3:
                world.Command(sender, Store(), reply, nonce: _nonce);
                break;
            case 4:
                world.Pallets.Push(ClusterWorld.Plain(sender, WorkerWorld.Vault, Store()));
                break;
            case 5:
                world.Pallets.Push(ClusterWorld.Instantiate(sender, NativeCode.Vault, RandomNumberGenerator.GetBytes(8), ClusterWorld.Call("new")));
                break;
            case 6:
                world.Pallets.Push(ClusterWorld.Deposit(sender, (UInt128)1_000_000_000_000));
                break;
            default:
                world.Command(sender, Store(), random.Next(2) == 0 ? reply : null);
                break;
        }
    }

    private byte[] Store() => ClusterWorld.Call("store", Name(), ClusterWorld.Sequence(RandomNumberGenerator.GetBytes(random.Next(1, 40))));

    private byte[] Name() => ClusterWorld.Text(random.Next(6).ToString(CultureInfo.InvariantCulture));
}
