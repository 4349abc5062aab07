using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>The functions that read arguments and storage. What can't be read traps.</summary>
internal static class ReadingFunctions
{
    /// <summary>The most bytes of a compact integer of 32 and of 128 bits.</summary>
    private const int Bytes32 = 4, Bytes128 = 16;

    public static IEnumerable<FunctionBody> All(Scratch scratch) =>
        [Copy(), Need(), Stored(), ReadCompact(), ReadExtensions(), ReadSigner(), ReadExtrinsic(), FindCall(scratch)];

    private static FunctionBody Copy()
    {
        const uint To = 0, From = 1, Length = 2;
        FunctionWriter code = new(3);
        code.Open(Opcode.Block).Open(Opcode.Loop)
            .Get(Length).Op(Opcode.I32Eqz).Op(Opcode.BrIf, 1)
            .Get(To).Get(From).Access(Opcode.I32Load8U).Access(Opcode.I32Store8)
            .Get(To).Plus(1).Set(To).Get(From).Plus(1).Set(From).Get(Length).Plus(-1).Set(Length)
            .Op(Opcode.Br, 0).End().End();
        return code.Build();
    }

    private static FunctionBody Need() => new FunctionWriter(1)
        .Get(Variable.End).Get(Variable.Cursor).Op(Opcode.I32Sub).Get(0u).Op(Opcode.I32LtU).TrapIf().Build();

    /// <summary>The host answers <c>01 ‖ compact length ‖ value</c> or <c>00</c>.</summary>
    private static FunctionBody Stored()
    {
        const uint Key = 0;
        FunctionWriter code = new(1);
        uint answer = code.Local(ValueKind.I64), pointer = code.Local(ValueKind.I32), prefix = code.Local(ValueKind.I32), length = code.Local(ValueKind.I32);
        code.Get(Key).Call(HostFunction.StorageGet).Tee(answer).Op(Opcode.I32WrapI64).Set(pointer)
            .Get(answer).I64(32).Op(Opcode.I64ShrU).Op(Opcode.I32WrapI64).Set(length)
            .Get(pointer).Access(Opcode.I32Load8U).Op(Opcode.I32Eqz).ReturnIf(0)

            // The two low bits of the length say that it takes 1, 2 or 4 bytes; no value is longer than those can say.
            .Get(pointer).Access(Opcode.I32Load8U, 1).I32(3).Op(Opcode.I32And).Tee(prefix).I32(3).Op(Opcode.I32Eq).TrapIf()
            .I32(1).Get(prefix).Op(Opcode.I32Shl).Plus(1).Tee(prefix)
            .Get(pointer).Op(Opcode.I32Add).Set(pointer)
            .Get(length).Get(prefix).Op(Opcode.I32Sub).Set(length)
            .Span(pointer, length);
        return code.Build();
    }

    private static FunctionBody ReadCompact()
    {
        const uint Most = 0;
        FunctionWriter code = new(1);
        uint first = code.Local(ValueKind.I32), count = code.Local(ValueKind.I32), at = code.Local(ValueKind.I32), value = code.Local(ValueKind.I64);
        code.I64(0).Set(Variable.High).I32(1).Call(Helper.Need)
            .Get(Variable.Cursor).Access(Opcode.I32Load8U).Tee(first).I32(3).Op(Opcode.I32And).Op(Opcode.I32Eqz).Open(Opcode.If)
            .Skip(1).Get(first).I32(2).Op(Opcode.I32ShrU).Op(Opcode.I64ExtendI32U).Op(Opcode.Return).End();
        Short(code, first, value, mode: 1, Opcode.I64Load16U, length: 2, least: 1 << 6);
        Short(code, first, value, mode: 2, Opcode.I64Load32U, length: 4, least: 1 << 14);
        code.Get(first).I32(2).Op(Opcode.I32ShrU).Plus(4).Tee(count).Set(at)
            .Get(count).Get(Most).Op(Opcode.I32GtU).TrapIf()
            .Get(count).Plus(1).Call(Helper.Need)
            .Get(Variable.Cursor).Get(count).Op(Opcode.I32Add).Access(Opcode.I32Load8U).Op(Opcode.I32Eqz).TrapIf()
            .Open(Opcode.Loop)
            .Get(Variable.High).I64(8).Op(Opcode.I64Shl).Get(value).I64(56).Op(Opcode.I64ShrU).Op(Opcode.I64Or).Set(Variable.High)
            .Get(value).I64(8).Op(Opcode.I64Shl).Get(Variable.Cursor).Get(at).Op(Opcode.I32Add).Access(Opcode.I64Load8U).Op(Opcode.I64Or).Set(value)
            .Get(at).Plus(-1).Tee(at).Op(Opcode.BrIf, 0).End()
            .Get(count).I32(4).Op(Opcode.I32Eq).Get(value).I64(1 << 30).Op(Opcode.I64LtU).Op(Opcode.I32And).TrapIf()
            .Get(Variable.Cursor).Get(count).Op(Opcode.I32Add).Plus(1).Set(Variable.Cursor)
            .Get(value);
        return code.Build();
    }

    /// <summary>The forms of two and four bytes: the mode in the two low bits, and nothing that a shorter form could say.</summary>
    private static void Short(FunctionWriter code, uint first, uint value, int mode, Opcode load, int length, int least) => code
        .Get(first).I32(3).Op(Opcode.I32And).I32(mode).Op(Opcode.I32Eq).Open(Opcode.If)
        .I32(length).Call(Helper.Need)
        .Get(Variable.Cursor).Access(load).I64(2).Op(Opcode.I64ShrU).Tee(value).I64(least).Op(Opcode.I64LtU).TrapIf()
        .Skip(length).Get(value).Op(Opcode.Return).End();

    private static FunctionBody ReadExtensions()
    {
        FunctionWriter code = new(0);
        uint era = code.Local(ValueKind.I32), period = code.Local(ValueKind.I32);
        code.Get(Variable.Cursor).Set(Variable.Extensions)
            .I32(1).Call(Helper.Need).Get(Variable.Cursor).Access(Opcode.I32Load8U).Op(Opcode.I32Eqz).Open(Opcode.If)
            .I32(0).Set(Variable.Era).Skip(1)
            .Op(Opcode.Else)
            .I32(2).Call(Helper.Need).Get(Variable.Cursor).Access(Opcode.I32Load16U).Tee(era).Set(Variable.Era).Skip(2)
            .Get(era).I32(15).Op(Opcode.I32And).Op(Opcode.I32Eqz).TrapIf();
        ChainFunctions.PushPeriod(code).Set(period);
        ChainFunctions.PushPhase(code, period).Get(period).Op(Opcode.I32GeU).TrapIf();
        code.End()
            .I32(Bytes32).Call(Helper.ReadCompact).Op(Opcode.I32WrapI64).Set(Variable.Nonce)
            .I32(Bytes128).Call(Helper.ReadCompact).Set(Variable.TipLow).Get(Variable.High).Set(Variable.TipHigh);
        return code.Build();
    }

    private static FunctionBody ReadSigner()
    {
        FunctionWriter code = new(0);
        uint kind = code.Local(ValueKind.I32), length = code.Local(ValueKind.I32);
        code.I32(1).Call(Helper.Need).Get(Variable.Cursor).Access(Opcode.I32Load8U).Tee(kind).Set(Variable.AddressKind).Skip(1)
            .Get(Variable.Cursor).Set(Variable.Signer)
            .Get(kind).I32((int)MultiAddressKind.Address20).Op(Opcode.I32GtU).TrapIf()
            .I32(AccountId.Size).Set(length);
        When(code, kind, MultiAddressKind.Address20).I32(MultiAddress.Address20Length).Set(length).End();
        When(code, kind, MultiAddressKind.Index).I32(Bytes32).Call(Helper.ReadCompact).Op(Opcode.Drop).I32(0).Set(length).End();
        When(code, kind, MultiAddressKind.Raw).I32(Bytes32).Call(Helper.ReadCompact).Op(Opcode.I32WrapI64).Set(length).End();
        SkipLength(code, length)
            .I32(1).Call(Helper.Need).Get(Variable.Cursor).Access(Opcode.I32Load8U).Tee(kind).Set(Variable.Scheme).Skip(1)
            .Get(kind).I32((int)SignatureScheme.Ecdsa).Op(Opcode.I32GtU).TrapIf()
            .Get(Variable.Cursor).Set(Variable.Signature)
            .Get(kind).I32((int)SignatureScheme.Ecdsa).Op(Opcode.I32Eq).Plus(MultiSignature.LengthOf(SignatureScheme.Sr25519)).Set(length);
        return SkipLength(code, length).Build();
    }

    private static FunctionWriter When(FunctionWriter code, uint local, MultiAddressKind kind) => code.Get(local).I32((int)kind).Op(Opcode.I32Eq).Open(Opcode.If);

    private static FunctionWriter SkipLength(FunctionWriter code, uint length) =>
        code.Get(length).Call(Helper.Need).Get(Variable.Cursor).Get(length).Op(Opcode.I32Add).Set(Variable.Cursor);

    private static FunctionBody ReadExtrinsic()
    {
        FunctionWriter code = new(0);
        uint length = code.Local(ValueKind.I32), start = code.Local(ValueKind.I32), format = code.Local(ValueKind.I32);
        code.Get(Variable.Cursor).Set(start)
            .I32(Bytes32).Call(Helper.ReadCompact).Op(Opcode.I32WrapI64).Tee(length).Call(Helper.Need)
            .Get(Variable.Cursor).Get(length).Op(Opcode.I32Add).Set(Variable.End)
            .Get(Variable.End).Get(start).Op(Opcode.I32Sub).Set(Variable.Length)
            .I32(1).Call(Helper.Need).Get(Variable.Cursor).Access(Opcode.I32Load8U).Tee(format).Set(Variable.Format).Skip(1)
            .Get(format).I32((int)ExtrinsicFormat.SignedV4).Op(Opcode.I32Eq).Open(Opcode.If)
            .Call(Helper.ReadSigner).Call(Helper.ReadExtensions)
            .Op(Opcode.Else).Get(format).I32((int)ExtrinsicFormat.GeneralV5).Op(Opcode.I32Eq).Open(Opcode.If)
            .I32(1).Call(Helper.Need).Skip(1).Call(Helper.ReadExtensions)
            .Op(Opcode.Else)
            .Get(format).I32((int)ExtrinsicFormat.BareV4).Op(Opcode.I32Ne).Get(format).I32((int)ExtrinsicFormat.BareV5).Op(Opcode.I32Ne).Op(Opcode.I32And).TrapIf()
            .End().End()
            .Get(Variable.Cursor).Set(Variable.Call);
        return code.Build();
    }

    private static FunctionBody FindCall(Scratch scratch)
    {
        FunctionWriter code = new(0);
        uint entry = code.Local(ValueKind.I32);
        code.I32(2).Call(Helper.Need).I32(scratch.Calls).Set(entry)
            .Open(Opcode.Block).Open(Opcode.Loop)
            .Get(entry).I32(scratch.CallsEnd).Op(Opcode.I32Eq).TrapIf()
            .Get(entry).Access(Opcode.I32Load16U, CallTable.Indices).Get(Variable.Call).Access(Opcode.I32Load16U).Op(Opcode.I32Eq).Op(Opcode.BrIf, 1)
            .Get(entry).Plus(CallTable.EntryLength).Set(entry)
            .Op(Opcode.Br, 0).End().End()
            .Get(entry).Set(Variable.Entry);
        return code.Build();
    }
}
