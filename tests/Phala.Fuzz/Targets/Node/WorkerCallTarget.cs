using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Fuzz.Targets.Node;

/// <summary>
/// What workers send without an account: messages, claims of sessions, reports. A byte says how, and the rest is a call; bytes that are no such call say which to take. Most are signed anew by
/// whoever they are said to be of, so that what is behind the signatures is met as well. A refused one leaves no trace, and any other a block that can be finished.
/// </summary>
internal sealed class WorkerCallTarget : FuzzTarget
{
    private const byte AsItIs = 0x01, LongPayload = 0x40;

    private readonly TestChain _chain = TestChain.Create(TestChain.Usual with { AllowInsecureDev = true, AllowedMeasurements = [WorkerSamples.Program] });
    private readonly StateSnapshot _state;
    private readonly RuntimeCall[] _calls;
    private readonly Hash256 _untouched;

    public WorkerCallTarget()
    {
        for (int at = 0; at < 4; at++) _chain.Author();
        WorkerSamples samples = new(_chain);
        (_state, _calls) = (samples.State, samples.Calls());
        _untouched = Finish(Begin()).State.Root;
        Corpus = [.. _calls.SelectMany((call, at) => (byte[][])[[0, .. Scale.Encode(call)], [(byte)(at % 5 == 0 ? AsItIs : 0), .. Scale.Encode(call)]]), [LongPayload, .. Scale.Encode(_calls[0])]];
    }

    public override string Name => "worker-call";

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override IReadOnlyCollection<string> Errors { get; } =
    [
        "BadFormat", nameof(InvalidTransaction.Stale), nameof(InvalidTransaction.Future), nameof(InvalidTransaction.BadProof),
        nameof(PhalaMq.Error.BadSender), nameof(PhalaMq.Error.BadDestination), nameof(PhalaMq.Error.PayloadTooLarge),
        nameof(PhalaRegistry.Error.GenesisBlockHashRejected), nameof(PhalaRegistry.Error.WorkerNotFound), nameof(PhalaRegistry.Error.SessionNotCanonical), nameof(PhalaRegistry.Error.PRuntimeRejected),
        nameof(PhalaRegistry.Error.SessionUnknown), nameof(PhalaRegistry.Error.InvalidRuntimeInfoHash), nameof(PhalaPhatContracts.Error.InvalidReport), nameof(PhalaPhatContracts.Error.ClusterNotFound),
    ];

    // A block of its own for each.
    public override long AllocationBound(int inputLength) => (2 * 1024 * 1024) + (1024L * inputLength);

    public override int SampleSize => 4000;

    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length < 2) return new FuzzOutcome(false, "BadFormat");
        if (!Scale.Decode<RuntimeCall>(input.AsSpan(1)).TryGet(out RuntimeCall? call) || !IsOurs(call)) call = _calls[input[1] % _calls.Length];
        if ((input[0] & LongPayload) != 0 && call is RuntimeCall<PhalaMq.SyncOffchainMessage> message) call = Lengthen(message.Arguments.SignedMessage);
        if ((input[0] & AsItIs) == 0) call = WorkerSamples.SignAnew(call);

        BlockExecution execution = Begin();
        if (!execution.TryPrepare(Extrinsic.Bare(Scale.Encode(call)), out PreparedTransaction? prepared)) throw new InvalidOperationException("What was made has no form.");
        ApplyOutcome outcome = execution.Apply(prepared);
        StateSnapshot state = Finish(execution).State;
        if (outcome.IsIncluded) return outcome.Result.IsError ? throw new InvalidOperationException("What was found good failed.") : new FuzzOutcome(true, null);
        if (state.Root != _untouched) throw new InvalidOperationException("A refused transaction left a trace.");
        return new FuzzOutcome(true, Verdict(call, outcome.Refusal));
    }

    private static bool IsOurs(RuntimeCall call) => call is RuntimeCall<PhalaMq.SyncOffchainMessage> or RuntimeCall<PhalaRegistry.RecordSession> or RuntimeCall<PhalaPhatContracts.ReportEntry>;

    private static RuntimeCall Lengthen(SignedMessage signed) => RuntimeCall.Of(new PhalaMq.SyncOffchainMessage(
        signed with { Message = signed.Message with { Payload = Vec.Create<byte>(new byte[PhalaMq.MaxOffchainPayload + 1]) } }));

    /// <summary>A pallet's error by its name.</summary>
    private static string Verdict(RuntimeCall call, TransactionValidityError refusal)
    {
        Type errors = call.Shape.Pallet.ErrorType!;
        foreach (object error in Enum.GetValues(errors))
        {
            if (refusal == TransactionValidityError.Custom(Convert.ToByte(error, System.Globalization.CultureInfo.InvariantCulture))) return Enum.GetName(errors, error)!;
        }

        return ((InvalidTransaction)refusal.Reason).ToString();
    }

    private BlockExecution Begin()
    {
        if (_chain.Runtime.TryBegin(_state, _chain.Best, 9, out BlockExecution? execution) != BlockError.None) throw new InvalidOperationException("No block.");
        execution.TryPrepare(_chain.Inherent(9), out PreparedTransaction? time);
        execution.Apply(time!);
        return execution;
    }

    private static ExecutedBlock Finish(BlockExecution execution) =>
        execution.TryFinish(out ExecutedBlock? block) == BlockError.None ? block : throw new InvalidOperationException("The block can't be finished.");
}
