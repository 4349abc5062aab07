using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;

namespace Phala.Testing.Chain.Light;

/// <summary>Blocks that are reported to a light client.</summary>
public static class ConflictScenarios
{
    private const int At = FollowScenarios.At;

    private static readonly QueueChain Chain = FollowScenarios.Chain, Forked = FollowScenarios.Forked, Long = MakeLong();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConflictScenario> All { get; } =
    [
        Of("another block of the head's number", Forked.Claim(At), ConflictError.None, Array.Empty<byte>()),
        Of("a block below the head on a fork", Forked.Claim(At - 2), ConflictError.None, Hash(At - 2)),
        Of("after the client has stopped", Forked.Claim(At), ConflictError.Stopped, Array.Empty<byte>()) with { State = Scale.Encode(RestoreScenarios.Stopped) },
        Of("a block above the head", Forked.Claim(At + 1), ConflictError.NotBelow, Array.Empty<byte>()),
        Of("another genesis", FollowScenarios.Foreign.Claim(0), ConflictError.UnknownSet, Hash(0)),
        Of("a retired set", Chain.Claim(At - 2) with { SetId = 0, Authorities = QueueVoter.ListOf(0) }, ConflictError.UnknownSet, Hash(At - 2)),
        Of("another list", Forked.Claim(At) with { Authorities = QueueVoter.ListOf(30) }, ConflictError.UnknownSet, Array.Empty<byte>()),
        Of("another block's justification", Forked.Claim(At) with { Finalized = new WarpSyncFragment(Forked.Blocks[At].Header, Chain.Justify(At)) }, ConflictError.NotJustified, Array.Empty<byte>()),
        Of("bytes that are no proof", Forked.Claim(At - 2), ConflictError.BadReadProof, Array.Empty<byte>()),
        Of("a proof of another number", Forked.Claim(At - 2), ConflictError.MissingHashProof, Hash(At - 3)),
        Of("the head itself", Chain.Claim(At), ConflictError.NoConflict, Array.Empty<byte>()),
        Of("a block of the head's chain", Chain.Claim(At - 2), ConflictError.NoConflict, Hash(At - 2)),
        TooOld("a block whose hash is kept no more", 1, ConflictError.TooOld),
        TooOld("the oldest block whose hash is kept", 2, ConflictError.None),
    ];

    private static ConflictScenario Of(string name, in FinalityClaim claim, ConflictError expected, Vec<byte> proof) =>
        new(name, Chain.Genesis, FollowScenarios.Follower(At).Save(), claim, proof, expected);

    private static ConflictScenario Of(string name, in FinalityClaim claim, ConflictError expected, byte[] proof) => Of(name, claim, expected, Vec.Create<byte>(proof));

    private static Vec<byte> Hash(uint number) => Chain.ReadProof(At, FrameSystem.BlockHash.Key(number));

    private static ConflictScenario TooOld(string name, int number, ConflictError expected)
    {
        ChainFollower follower = Long.Start();
        _ = follower.Advance(Long.Jump(0, Long.Height), out _);
        QueueChain fork = Long.Fork(0, mark: 3);
        for (int added = 0; added < number; added++) fork.Append();
        return new ConflictScenario(name, Long.Genesis, follower.Save(), fork.Claim(number), Long.ReadProof(Long.Height, FrameSystem.BlockHash.Key((uint)number)), expected);
    }

    private static QueueChain MakeLong()
    {
        QueueChain chain = QueueChain.Create(mark: 5);
        for (uint added = 0; added < BlockLimits.BlockHashCount + 2; added++) chain.Append();
        return chain;
    }
}
