using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Testing.Chain;

namespace Phala.Tests.LightClient;

/// <summary>Carries bytes of an honest chain, and of forks that nobody finalized, and spoils them on the way. It has the keys of the first authority set, which is retired, and of strangers.</summary>
internal sealed class MaliciousRelayer(QueueChain chain, QueueChain fork, Random random)
{
    /// <summary>A spoilt advance from a block.</summary>
    public byte[] Advance(int from, int to, LightClientMode mode)
    {
        AdvanceProof honest = mode == LightClientMode.Digest ? chain.Jump(from, to) : chain.Walk(from, to);
        switch (random.Next(12))
        {
            case 0: return Cut(Scale.Encode(honest));
            case 1: return Flipped(Scale.Encode(honest));
            case 2: return Spliced(Scale.Encode(honest), Scale.Encode<AdvanceProof>(chain.Jump(Math.Max(0, from - 3), to)));
            case 3: return [.. Scale.Encode(honest), .. Noise(1 + random.Next(100))];
            case 4: return Scale.Encode<AdvanceProof>(mode == LightClientMode.Digest ? chain.Walk(from, to) : chain.Jump(from, to));
            default: return Scale.Encode<AdvanceProof>(honest is AdvanceProof.Jump jump ? Spoilt(jump, from, to) : Spoilt((AdvanceProof.Walk)honest, from, to));
        }
    }

    /// <summary>A spoilt list.</summary>
    public T[] Spoilt<T>(T[] items)
    {
        if (items.Length == 0) return items;
        int at = random.Next(items.Length), other = random.Next(items.Length);
        switch (random.Next(4))
        {
            case 0: return [.. items[..at], .. items[(at + 1)..]];
            case 1: return [.. items[..at], items[other], .. items[at..]];
            case 2: return items[..at];
            default:
                (items[at], items[other]) = (items[other], items[at]);
                return items;
        }
    }

    /// <summary>Bytes with a few bits flipped.</summary>
    public byte[] Flipped(byte[] bytes)
    {
        for (int flips = 1 + random.Next(3); flips > 0 && bytes.Length > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private byte[] Cut(byte[] bytes) => bytes[..random.Next(bytes.Length)];

    private byte[] Spliced(byte[] first, byte[] second) => [.. first[..random.Next(first.Length)], .. second[random.Next(second.Length)..]];

    private byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private AdvanceProof.Jump Spoilt(AdvanceProof.Jump jump, int from, int to)
    {
        QueueBlock forked = fork.Blocks[Math.Min(to, fork.Height)], target = chain.Blocks[to];

        // In a set's office its keys decide: they are stolen afterwards.
        ulong retired = (ulong)random.Next(chain.Blocks[from].Set == 0 ? 1 : 0, 4);
        Vec<byte> forkedState = fork.ReadProof((int)forked.Header.Number, [.. AdvanceProof.Jump.KeysOf((uint)from, forked.Header)]);
        switch (random.Next(8))
        {
            case 0: return jump with { Changes = [.. Spoilt(jump.Changes.ToArray())] };
            case 1: return jump with { Target = new WarpSyncFragment(forked.Header, chain.Justify(to)), ReadProof = forkedState };
            case 2: return jump with { Target = new WarpSyncFragment(forked.Header, QueueVoter.Justify(forked.Id, 0, setId: retired)), ReadProof = forkedState };
            case 3: return jump with { Target = jump.Target with { Justification = QueueVoter.Justify(target.Id, 500, setId: (ulong)target.Set) } };
            case 4: return jump with { ReadProof = random.Next(2) == 0 ? [] : chain.ReadProof(to, Phala.Runtime.Interface.PhalaMq.QueueHead.Prefix.ToArray()) };
            case 5: return jump with { Target = chain.Fragment(1 + random.Next(from + 1)) };
            case 6: return jump with { Changes = [.. jump.Changes, chain.Fragment(to - 1)] };
            default: return jump with { ReadProof = chain.Jump(Math.Max(0, from - 1), random.Next(1, to + 1) is var other && other > from ? other : to).ReadProof };
        }
    }

    private AdvanceProof.Walk Spoilt(AdvanceProof.Walk walk, int from, int to)
    {
        WalkedBlock[] blocks = walk.Blocks.ToArray();
        int at = random.Next(blocks.Length);
        switch (random.Next(6))
        {
            case 0: return new([.. Spoilt(blocks)]);
            case 1:
                blocks[at] = blocks[at] with { Justification = random.Next(2) == 0 ? default : new(chain.Justify(1 + random.Next(to))) };
                break;
            case 2:
                blocks[at] = blocks[at] with { ReadProof = chain.Walked(1 + random.Next(to), false).ReadProof };
                break;
            case 3:
                blocks[at] = blocks[at] with { ReadProof = chain.ReadProof(from + at + 1, random.Next(2) == 0 ? [1] : Phala.Runtime.Interface.PhalaMq.OutboundMessages.Prefix.ToArray()) };
                break;
            case 4:
                blocks[at] = fork.Walked(Math.Min(from + at + 1, fork.Height), false) with { Justification = blocks[at].Justification };
                break;
            default:
                blocks[at] = blocks[at] with { Header = blocks[at].Header with { StateRoot = chain.Blocks[random.Next(to)].Header.StateRoot } };
                break;
        }

        return new([.. blocks]);
    }
}
