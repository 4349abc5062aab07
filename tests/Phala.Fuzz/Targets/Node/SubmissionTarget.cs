using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Testing;
using Phala.Testing.Chain;

namespace Phala.Fuzz.Targets.Node;

/// <summary>
/// Extrinsics submitted to a pool. Past the outermost check is what has an extrinsic's form. Whatever comes, the pool stays within its bounds, and what it takes is in it.
/// </summary>
internal sealed class SubmissionTarget : FuzzTarget
{
    private static readonly PoolOptions Options = new() { Ready = new PoolLimits(8, 4096, 6), Future = new PoolLimits(6, 1024, 4), MaxBanned = 16 };

    private readonly TestChain _chain = TestChain.Create();
    private readonly TransactionPool _pool;
    private OpaqueExtrinsic _previous;
    private int _inputs;

    public SubmissionTarget()
    {
        _pool = new TransactionPool(_chain.Runtime, _chain.Best, _chain.State, Options, TimeProvider.System);
        Corpus =
        [
            .. Enumerable.Range(0, 6).Select(nonce => Transfer(Actor.Alice, (uint)nonce)), Transfer(Actor.Alice, 0, 5), Transfer(Actor.Bob, 0), Transfer(Actor.Bob, 7), Transfer(Actor.Bob, 8),
            Scale.Encode(Extrinsic.Bare(Scale.Encode(Phala.Runtime.Interface.Shapes.RuntimeCall.Of(new FrameSystem.Remark(default))))),
        ];
    }

    public override string Name => "pool-submission";

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override IReadOnlyCollection<string> Errors { get; } =
    [
        nameof(PoolError.BadFormat), nameof(PoolError.Invalid), nameof(PoolError.Unknown), nameof(PoolError.TemporarilyBanned), nameof(PoolError.AlreadyImported), nameof(PoolError.TooLowPriority),
        nameof(PoolError.ImmediatelyDropped),
    ];

    // A new best block looks at all that waits.
    public override long AllocationBound(int inputLength) => (256 * 1024) + (64L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        // Mutants seldom have a good signature, so some inputs pick an entry of the corpus, some come twice, and now and then the pool begins anew.
        if (++_inputs % 64 == 0) foreach (PoolTransaction transaction in _pool.Pending()) _pool.Remove(transaction.Hash);
        byte[] submitted = _inputs % 4 == 0 && input.Length > 0 ? Corpus[input[^1] % Corpus.Count] : input;
        OpaqueExtrinsic extrinsic = _inputs % 8 == 3 ? _previous : Scale.Decode<OpaqueExtrinsic>(submitted).TryGet(out OpaqueExtrinsic framed) ? framed : Unframed(submitted);
        _previous = extrinsic;
        PoolRefusal refusal = _pool.Submit(extrinsic, out Phala.Trie.Hash256 hash);
        PoolCounts counts = _pool.Counts;
        bool isBounded = counts.Ready <= Options.Ready.Count && counts.ReadyBytes <= Options.Ready.Bytes && counts.Future <= Options.Future.Count && counts.FutureBytes <= Options.Future.Bytes && counts.Banned <= Options.MaxBanned;
        if (!isBounded) throw new InvalidOperationException($"The pool is over its bounds: {counts}.");
        if (refusal.Error == PoolError.None && !_pool.TryGet(hash, out _)) throw new InvalidOperationException("What was taken is not in the pool.");
        if (refusal.Error != PoolError.None && refusal.Code is < 1001 or > 1021) throw new InvalidOperationException("A refusal without a code.");
        return new FuzzOutcome(Extrinsic.TryDecode(extrinsic, out _) == ExtrinsicError.None, refusal.Error == PoolError.None ? null : refusal.Error.ToString());
    }

    /// <summary>A changed length is the first thing to fail; behind it is the body of a mutant.</summary>
    private static OpaqueExtrinsic Unframed(byte[] bytes) => new(Vec.Create<byte>(bytes.AsSpan(Math.Min(bytes.Length, 2))));

    private byte[] Transfer(Actor from, uint nonce, ulong tip = 0) => Scale.Encode(_chain.Sign(from, new Balances.TransferKeepAlive(Actor.Ferdie.Address, 5), nonce, tip));
}
