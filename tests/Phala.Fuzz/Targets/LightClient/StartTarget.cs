using Phala.Chain;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Light;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>Geneses with their proofs: good ones, and those without authorities or slots, with some bytes changed.</summary>
internal sealed class StartTarget : FuzzTarget
{
    private static readonly byte[] Authorities = Grandpa.Authorities.Prefix.ToArray(), Slots = Aura.SlotDuration.Prefix.ToArray();

    private static readonly (Header Header, byte[] Proof, bool IsTrusted)[] Cases = Make();

    public override string Name => "light-start";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Cases.Length);

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<StartError>().Except([nameof(StartError.None)])];

    public override long AllocationBound(int inputLength) => 100_000;

    public override FuzzOutcome Run(byte[] input)
    {
        (Header header, byte[] proof, bool isTrusted) = Cases[Patch.Choice(input, Cases.Length)];
        StartError error = ChainFollower.TryStart(isTrusted ? header.Hash() : default, header, Patch.Apply(proof, input), LightClientMode.Digest, out ChainFollower? follower);
        if ((error == StartError.None) != (follower is not null)) throw new InvalidOperationException("Started and not, or neither.");
        return new FuzzOutcome(error != StartError.WrongGenesis, error == StartError.None ? null : error.ToString());
    }

    private static (Header Header, byte[] Proof, bool IsTrusted)[] Make()
    {
        QueueBlock genesis = FollowScenarios.Chain.Blocks[0];
        byte[] proof = Proof(genesis.State, Authorities, Slots);
        return
        [
            (genesis.Header, proof, true),
            (genesis.Header, proof, false),
            (FollowScenarios.Chain.Blocks[1].Header, proof, true),
            (genesis.Header, Proof(genesis.State, Authorities), true),
            (genesis.Header, Proof(genesis.State, Slots), true),
            With(QueueChain.Set(Aura.SlotDuration, 0ul)),
            With(QueueChain.Set(Grandpa.Authorities, default)),
            With(TrieChange.Remove(Slots)),
        ];

        static (Header Header, byte[] Proof, bool IsTrusted) With(TrieChange change)
        {
            MerkleTrie state = FollowScenarios.Chain.Blocks[0].State.Apply(TrieDelta.Create([change]));
            return (Header.Genesis(state.Root), Proof(state, Authorities, Slots), true);
        }
    }

    private static byte[] Proof(MerkleTrie state, params byte[][] keys)
    {
        ReadProofBuilder builder = new();
        foreach (byte[] key in keys) builder.Add(state, key);
        return builder.Encode();
    }
}
