using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Testing.Chain;

/// <summary>Chains with messages for several clusters, quiet times and changes of the authority set, as a seed has it.</summary>
public static class RandomQueueChain
{
    /// <summary>How many clusters there are.</summary>
    public const int Clusters = 3;

    private static readonly Vec<byte> Pallet = [.. "PhalaPhatContracts"u8];

    /// <summary>A cluster's id.</summary>
    public static Hash256 Cluster(int index) => Id(0xC0, index);

    /// <summary>The id of a cluster's contract.</summary>
    public static Hash256 Contract(int index) => Id(0xA0, index);

    /// <summary>Every channel that may have messages.</summary>
    public static Channel[] Channels { get; } = [Channel.System, .. Enumerable.Range(0, Clusters).Select(index => Channel.OfCluster(Cluster(index)))];

    /// <summary>Every channel of an entry: messages may name clusters that nobody made.</summary>
    public static Channel[] ChannelsOf(QueueEntry entry) => [.. entry.Channels.ToArray().Select(each => each.Channel)];

    /// <summary>Makes a chain.</summary>
    public static QueueChain Make(int seed, int blocks, bool hasQueue = true)
    {
        Random random = new(seed);
        QueueChain chain = QueueChain.Create(hasQueue);
        for (int index = 0; index < Clusters; index++) chain.AddContract(Contract(index), Cluster(index));
        Grow(chain, random, blocks);
        return chain;
    }

    /// <summary>Adds blocks.</summary>
    public static void Grow(QueueChain chain, Random random, int blocks)
    {
        // Busy and quiet times alternate, so that ticks occur beside messages.
        int quiet = random.Next(1, 6);
        for (int added = 0; added < blocks; added++)
        {
            if (random.Next(12) == 0) quiet = random.Next(3) == 0 ? 1000 : random.Next(1, 6);
            Message[] messages = random.Next(quiet) == 0 ? [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => NextMessage(random))] : [];
            chain.Append(messages, changes: random.Next(14) == 0, slots: (ulong)random.Next(1, 4));
        }
    }

    /// <summary>A message of any kind, also such as no cluster can be made out for.</summary>
    public static Message NextMessage(Random random)
    {
        byte[] payload = new byte[random.Next(0, 40)];
        random.NextBytes(payload);
        Hash256 cluster = Cluster(random.Next(Clusters));
        AccountId account = new(Id(0xEE, random.Next(5)).AsSpan());
        return random.Next(6) switch
        {
            0 => new Message(new MessageOrigin.Pallet(Pallet), Topics.SystemEvent, [.. payload]),
            1 => new Message(new MessageOrigin.Pallet(Pallet), Topics.ClusterOperation, [.. Scale.Encode<ClusterOperation>(new ClusterOperation.Deposit(cluster, account, 7))]),
            2 => new Message(new MessageOrigin.Pallet(Pallet), Topics.ClusterOperation, [.. payload]),
            3 => new Message(new MessageOrigin.AccountId(account), Topics.Command(Id(0xBB, 1)), [.. payload]),
            _ => new Message(new MessageOrigin.AccountId(account), Topics.Command(Contract(random.Next(Clusters))), [.. payload]),
        };
    }

    private static Hash256 Id(byte kind, int index)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Fill(kind);
        bytes[31] = (byte)index;
        return new Hash256(bytes);
    }
}
