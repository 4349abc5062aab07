using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Storage;
using Phala.Trie;
using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>The functions that relate an extrinsic to the chain: its fee, its era, its signature, its signer's account.</summary>
internal static class ChainFunctions
{
    /// <summary>How many bytes a compressed ECDSA key has.</summary>
    private const int EcdsaKeyLength = 33;

    public static IEnumerable<FunctionBody> All(Scratch scratch) => [Fee(), BlockHash(scratch), Birth(), SignedMessage(scratch), IsSigned(), Account(scratch)];

    /// <summary>Pushes the period of the era: 2 to the power of the four low bits plus one.</summary>
    public static FunctionWriter PushPeriod(FunctionWriter code) => code.I32(2).Get(Variable.Era).I32(15).Op(Opcode.I32And).Op(Opcode.I32Shl);

    /// <summary>Pushes the phase of the era: the other bits, times a 4096th of the period where that is more than one.</summary>
    public static FunctionWriter PushPhase(FunctionWriter code, uint period) => code
        .Get(Variable.Era).I32(4).Op(Opcode.I32ShrU)
        .Get(period).I32(12).Op(Opcode.I32ShrU).I32(1).Get(period).I32(1 << 12).Op(Opcode.I32GtU).Op(Opcode.Select)
        .Op(Opcode.I32Mul);

    /// <summary>Pushes a span of a constant length.</summary>
    private static FunctionWriter SpanOf(FunctionWriter code, uint pointer, int length) =>
        code.Get(pointer).Op(Opcode.I64ExtendI32U).I64((long)length << 32).Op(Opcode.I64Or);

    private static FunctionBody Fee()
    {
        FunctionWriter code = new(1);
        code.Get(Variable.Entry).Access(Opcode.I32Load8U, CallTable.PaysFee).Op(Opcode.I32Eqz).ReturnIf(0)
            .Get(Variable.Entry).Access(Opcode.I64Load, CallTable.Fee)
            .Get(0u).Op(Opcode.I64ExtendI32U).I64((long)TransactionPayment.ByteFee).Op(Opcode.I64Mul)
            .Op(Opcode.I64Add);
        return code.Build();
    }

    private static FunctionBody BlockHash(Scratch scratch)
    {
        const uint Number = 0, Present = 1, PresentHash = 2;
        const int HashAt = StorageItem.PrefixLength, NumberAt = HashAt + 8;
        FunctionWriter code = new(3);
        uint span = code.Local(ValueKind.I64);

        // Storage holds the hashes of a block's ancestors; its own, its child writes.
        code.Get(Number).Get(Present).Op(Opcode.I32Eq).Open(Opcode.If).Get(PresentHash).Op(Opcode.Return).End()
            .I32(scratch.BlockHashKey).Get(Number).Access(Opcode.I32Store, NumberAt)
            .I32(scratch.BlockHashKey).I64(ModuleLayout.Span(scratch.BlockHashKey + NumberAt, sizeof(uint))).Call(HostFunction.Twox64).Access(Opcode.I64Load).Access(Opcode.I64Store, HashAt)
            .I64(ModuleLayout.Span(scratch.BlockHashKey, Scratch.BlockHashKeyLength)).Call(Helper.Stored).Tee(span)
            .Op(Opcode.I64Eqz).Open(Opcode.If).I32(0).Op(Opcode.Return).End()
            .Get(span).I64(32).Op(Opcode.I64ShrU).I64(Hash256.Size).Op(Opcode.I64Ne).TrapIf()
            .Get(span).Op(Opcode.I32WrapI64);
        return code.Build();
    }

    private static FunctionBody Birth()
    {
        const uint Present = 0;
        FunctionWriter code = new(1);
        uint period = code.Local(ValueKind.I32), phase = code.Local(ValueKind.I32), next = code.Local(ValueKind.I32);
        code.Get(Variable.Era).Op(Opcode.I32Eqz).Open(Opcode.If).I32(0).Op(Opcode.Return).End();
        PushPeriod(code).Set(period);
        PushPhase(code, period).Set(phase);

        // The transaction is for the block after the present one.
        code.Get(Present).Plus(1).Tee(next).Get(phase).Get(next).Get(phase).Op(Opcode.I32GtU).Op(Opcode.Select).Get(phase).Op(Opcode.I32Sub)
            .I32(0).Get(period).Op(Opcode.I32Sub).Op(Opcode.I32And)
            .Get(phase).Op(Opcode.I32Add);
        return code.Build();
    }

    private static FunctionBody SignedMessage(Scratch scratch)
    {
        FunctionWriter code = new(0);
        uint call = code.Local(ValueKind.I32), extensions = code.Local(ValueKind.I32), length = code.Local(ValueKind.I32), message = code.Local(ValueKind.I32);
        code.Get(Variable.End).Get(Variable.Call).Op(Opcode.I32Sub).Set(call)
            .Get(Variable.Call).Get(Variable.Extensions).Op(Opcode.I32Sub).Set(extensions)
            .Get(call).Get(extensions).Op(Opcode.I32Add).Plus(Scratch.ImpliedLength).Tee(length).Call(HostFunction.Allocate).Set(message)
            .Get(message).Get(Variable.Call).Get(call).Call(Helper.Copy)
            .Get(message).Get(call).Op(Opcode.I32Add).Get(Variable.Extensions).Get(extensions).Call(Helper.Copy)
            .Get(message).Get(call).Op(Opcode.I32Add).Get(extensions).Op(Opcode.I32Add).I32(scratch.Implied).I32(Scratch.ImpliedLength).Call(Helper.Copy)
            .Get(length).I32(SigningPayload.MaxLength).Op(Opcode.I32GtU).Open(Opcode.If)
            .Span(message, length).Call(HostFunction.Blake2_256).Set(message).I32(Hash256.Size).Set(length).End()
            .Span(message, length);
        return code.Build();
    }

    private static FunctionBody IsSigned()
    {
        const uint Message = 0;
        FunctionWriter code = new(1);
        uint answer = code.Local(ValueKind.I32), account = code.Local(ValueKind.I32);
        Verify(code, SignatureScheme.Ed25519, HostFunction.Ed25519Verify);
        Verify(code, SignatureScheme.Sr25519, HostFunction.Sr25519Verify);
        code.Get(Variable.Signature).Get(Message).Call(HostFunction.Blake2_256).Call(HostFunction.EcdsaRecover).Op(Opcode.I32WrapI64).Tee(answer)
            .Access(Opcode.I32Load8U).Open(Opcode.If).I32(0).Op(Opcode.Return).End()
            .Get(answer).Plus(1).Set(answer);
        SpanOf(code, answer, EcdsaKeyLength).Call(HostFunction.Blake2_256).Set(account);
        for (uint at = 0; at < AccountId.Size; at += sizeof(ulong))
        {
            code.Get(account).Access(Opcode.I64Load, at).Get(Variable.Signer).Access(Opcode.I64Load, at).Op(Opcode.I64Eq);
            if (at > 0) code.Op(Opcode.I32And);
        }

        return code.Build();
    }

    private static void Verify(FunctionWriter code, SignatureScheme scheme, HostFunction function) => code
        .Get(Variable.Scheme).I32((int)scheme).Op(Opcode.I32Eq).Open(Opcode.If)
        .Get(Variable.Signature).Get(0u).Get(Variable.Signer).Call(function).Op(Opcode.Return).End();

    private static FunctionBody Account(Scratch scratch)
    {
        const int HashAt = StorageItem.PrefixLength, AccountAt = HashAt + 16;
        FunctionWriter code = new(0);
        uint span = code.Local(ValueKind.I64), signer = code.Local(ValueKind.I32);
        code.Get(Variable.Signer).Set(signer).I32(scratch.AccountKey + HashAt);
        SpanOf(code, signer, AccountId.Size).Call(HostFunction.Blake2_128).I32(16).Call(Helper.Copy)
            .I32(scratch.AccountKey + AccountAt).Get(signer).I32(AccountId.Size).Call(Helper.Copy)
            .I64(ModuleLayout.Span(scratch.AccountKey, Scratch.AccountKeyLength)).Call(Helper.Stored).Tee(span)
            .Op(Opcode.I64Eqz).ReturnIf(scratch.NoAccount)
            .Get(span).I64(32).Op(Opcode.I64ShrU).I64(scratch.NoAccount >> 32).Op(Opcode.I64Ne).TrapIf()
            .Get(span);
        return code.Build();
    }
}
