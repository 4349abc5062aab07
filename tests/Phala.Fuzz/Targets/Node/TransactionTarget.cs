using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Fuzz.Targets.Node;

/// <summary>
/// Transactions whose extensions and call are mutants under a good signature, so that all of them reach dispatch as far as nonce and purse allow: a byte for the signer, one
/// for the signature (a quarter is made and verified, the others are taken as verified), the extensions, the call. Bytes that are no call say which to make.
/// Past the outermost check is what has the form of a transaction. A refused one leaves no trace, and with any other the tokens of all accounts stay the total issuance.
/// </summary>
internal sealed class TransactionTarget : FuzzTarget
{
    private readonly TestChain _chain = TestChain.Create();
    private readonly Hash256 _untouched;

    public TransactionTarget()
    {
        _chain.Author(_chain.Sign(Actor.Bob, new FrameSystem.Remark(default)), _chain.Sign(Actor.Bob, new FrameSystem.Remark(default), nonce: 1));
        _chain.Author(_chain.Sign(Actor.Ferdie, new Balances.TransferAll(Actor.Dave.Address, KeepAlive: true)));
        _untouched = Finish(_chain.Begin()).State.Root;
        RuntimeCall gift = RuntimeCall.Of(new Balances.TransferKeepAlive(Actor.Dave.Address, Balances.Pha)), set = RuntimeCall.Of(new Balances.ForceSetBalance(Actor.Eve.Address, 5 * Balances.Pha));
        RuntimeCall[] calls =
        [
            gift, RuntimeCall.Of(new Balances.TransferAllowDeath(Actor.Dave.Address, TestChain.Endowment - Balances.Pha)), RuntimeCall.Of(new Balances.TransferAll(Actor.Eve.Address, false)), RuntimeCall.Of(new Balances.Burn(5, true)),
            RuntimeCall.Of(new FrameSystem.RemarkWithEvent([1, 2, 3])), RuntimeCall.Of(new Utility.Batch([gift, set, gift])), RuntimeCall.Of(new Utility.BatchAll([gift, gift])), RuntimeCall.Of(new Utility.ForceBatch([set, gift])),
            RuntimeCall.Of(new Utility.AsDerivative(1, gift)), RuntimeCall.Of(new Sudo.SudoCall(set)), RuntimeCall.Of(new Sudo.SudoUncheckedWeight(set, new Weight(1ul << 60, 5))), RuntimeCall.Of(new Sudo.SudoAs(Actor.Dave.Address, gift)),
            RuntimeCall.Of(new Session.SetKeys(TestChain.KeysOf(Actor.Charlie), default)), RuntimeCall.Of(new Session.SetValidators([Actor.Alice.Account])), RuntimeCall.Of(new Upgrade.Schedule(3, 1001)), RuntimeCall.Of(new Timestamp.Set(9)),
        ];
        Corpus = [.. calls.SelectMany((call, at) => new[] { 0, 1, 2, 5 }.Select(signer => (byte[])[(byte)signer, (byte)at, .. Scale.Encode(new TransactionExtensions(at % 3 == 0 ? Era.Mortal(4, 2) : default, signer == 1 ? 2u : 0, 0)), .. Scale.Encode(call)]))];
    }

    public override string Name => "transaction";

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override IReadOnlyCollection<string> Errors { get; } =
    [
        "BadFormat", nameof(InvalidTransaction.Stale), nameof(InvalidTransaction.Future), nameof(InvalidTransaction.Payment), nameof(InvalidTransaction.BadProof), nameof(InvalidTransaction.AncientBirthBlock),
        nameof(InvalidTransaction.MandatoryValidation), nameof(InvalidTransaction.ExhaustsResources), nameof(DispatchErrorKind.BadOrigin), nameof(DispatchErrorKind.CannotLookup), nameof(DispatchErrorKind.Module),
        nameof(DispatchErrorKind.Token), nameof(DispatchErrorKind.Arithmetic),
    ];

    // A block of its own for each.
    public override long AllocationBound(int inputLength) => (1024 * 1024) + (1024L * inputLength);

    public override int SampleSize => 8000;

    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length < 2) return new FuzzOutcome(false, "BadFormat");
        Actor signer = Actor.All[input[0] % Actor.All.Count];
        ScaleReader reader = new(input.AsSpan(2));
        if (!TransactionExtensions.TryDecode(ref reader, out TransactionExtensions extensions)) return new FuzzOutcome(false, "BadFormat");
        byte[] rest = input[(2 + reader.Position)..];
        if (!Scale.Decode<RuntimeCall>(rest).TryGet(out RuntimeCall? call)) call = new ComposedCall(rest).Next(3);

        BlockExecution execution = _chain.Begin();
        OpaqueExtrinsic extrinsic = Sign(signer, call, extensions, input[1]);
        if (!execution.TryPrepare(extrinsic, out PreparedTransaction? prepared)) throw new InvalidOperationException("What was made has no form.");
        if (input[1] % 4 != 0) prepared.TrustSignature();
        ApplyOutcome outcome = execution.Apply(prepared);
        StateSnapshot state = Finish(execution).State;
        if (!outcome.IsIncluded)
        {
            if (state.Root != _untouched) throw new InvalidOperationException("A refused transaction left a trace.");
            return new FuzzOutcome(true, ((InvalidTransaction)outcome.Refusal.Reason).ToString());
        }

        Check(state, signer);
        return new FuzzOutcome(true, outcome.Result.Failed(out DispatchError error) ? error.Kind.ToString() : null);
    }

    private OpaqueExtrinsic Sign(Actor signer, RuntimeCall call, in TransactionExtensions extensions, byte how)
    {
        if (how % 4 != 0) return Extrinsic.Signed(signer.Address, new MultiSignature(SignatureScheme.Sr25519, new byte[64]), Scale.Encode(extensions), Scale.Encode(call));
        ImpliedData implied = _chain.Implied(extensions.Era);
        return signer.Sign(call, extensions, how % 32 == 0 ? implied with { SpecVersion = 7 } : implied);
    }

    private static ExecutedBlock Finish(BlockExecution execution) =>
        execution.TryFinish(out ExecutedBlock? block) == BlockError.None ? block : throw new InvalidOperationException("The block can't be finished.");

    private void Check(StateSnapshot state, Actor signer)
    {
        UInt128 sum = 0;
        TrieCursor cursor = new(state.Main);
        cursor.Seek(FrameSystem.Account.Prefix);
        while (cursor.MoveNext() && cursor.Key.StartsWith(FrameSystem.Account.Prefix))
        {
            AccountInfo info = Scale.Decode<AccountInfo>(cursor.Value.Span).Value;
            if (info.Data.Free < Balances.ExistentialDeposit) throw new InvalidOperationException("An account has less than the existential deposit.");
            sum += info.Data.Free;
        }

        if (sum != Balances.TotalIssuance.Get(state.Main)) throw new InvalidOperationException("The tokens of all accounts are not the total issuance.");
        uint before = _chain[signer].Nonce;
        if (FrameSystem.Account.TryGet(state.Main, signer.Account, out AccountInfo account) && account.Nonce != before + 1) throw new InvalidOperationException("The nonce did not go up.");
        if (FrameSystem.Events.Get(state.Main).Length < 4) throw new InvalidOperationException("A transaction without its events.");
    }
}
