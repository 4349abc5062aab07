using Phala.Chain;
using Phala.Runtime.Interface;
using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>The functions that make the answer for a valid transaction.</summary>
internal static class ValidityFunctions
{
    /// <summary>Where an account's free tokens stand: behind four counters.</summary>
    private const uint FreeAt = 4 * sizeof(uint);

    /// <summary>A sequence of one tag, and a tag's length: both compact.</summary>
    private const int OneTag = (1 << 2) | ((TagLength << 2) << 8), TagLength = AccountId.Size + sizeof(uint);

    public static IEnumerable<FunctionBody> All(Scratch scratch) => [CanPay(), Priority(), ValidAnswer(scratch)];

    /// <summary>Whether free ≥ fee + tip + existential deposit, in 128 bits. No call of the runtime freezes tokens.</summary>
    private static FunctionBody CanPay()
    {
        const uint Account = 0, Fee = 1;
        FunctionWriter code = new(2);
        uint account = code.Local(ValueKind.I32), low = code.Local(ValueKind.I64), high = code.Local(ValueKind.I64);
        code.Get(Fee).Get(Variable.TipLow).Op(Opcode.I64Or).Get(Variable.TipHigh).Op(Opcode.I64Or).Op(Opcode.I64Eqz).Open(Opcode.If).I32(1).Op(Opcode.Return).End()
            .Get(Account).Op(Opcode.I32WrapI64).Set(account)
            .Get(Fee).I64((long)Balances.ExistentialDeposit).Op(Opcode.I64Add).Get(Variable.TipLow).Op(Opcode.I64Add).Tee(low)
            .Get(Variable.TipLow).Op(Opcode.I64LtU).Op(Opcode.I64ExtendI32U).Get(Variable.TipHigh).Op(Opcode.I64Add).Tee(high)
            .Get(Variable.TipHigh).Op(Opcode.I64LtU).Open(Opcode.If).I32(0).Op(Opcode.Return).End()
            .Get(account).Access(Opcode.I64Load, FreeAt + 8).Get(high).Op(Opcode.I64GtU)
            .Get(account).Access(Opcode.I64Load, FreeAt + 8).Get(high).Op(Opcode.I64Eq)
            .Get(account).Access(Opcode.I64Load, FreeAt).Get(low).Op(Opcode.I64GeU).Op(Opcode.I32And)
            .Op(Opcode.I32Or);
        return code.Build();
    }

    /// <summary>The tip plus one, for as many such transactions as a block can hold.</summary>
    private static FunctionBody Priority()
    {
        FunctionWriter code = new(0);
        uint perBlock = code.Local(ValueKind.I64), byLength = code.Local(ValueKind.I64), tip = code.Local(ValueKind.I64);
        code.Get(Variable.Entry).Access(Opcode.I64Load, CallTable.PerBlock).Tee(perBlock)
            .I64(BlockLimits.Length.Normal).Get(Variable.Length).Op(Opcode.I64ExtendI32U).Op(Opcode.I64DivU).Tee(byLength)
            .Get(perBlock).Get(byLength).Op(Opcode.I64LtU).Op(Opcode.Select).Set(perBlock)
            .Get(Variable.TipHigh).Op(Opcode.I64Eqz).Op(Opcode.I32Eqz).ReturnIf(-1)
            .Get(Variable.TipLow).I64(1).Op(Opcode.I64Add).Tee(tip).Op(Opcode.I64Eqz).ReturnIf(-1)
            .Get(tip).I64(-1).Get(perBlock).Op(Opcode.I64DivU).Op(Opcode.I64GtU).ReturnIf(-1)
            .Get(tip).Get(perBlock).Op(Opcode.I64Mul);
        return code.Build();
    }

    /// <summary><c>00 ‖ priority ‖ requires ‖ provides ‖ longevity ‖ propagate</c>.</summary>
    private static FunctionBody ValidAnswer(Scratch scratch)
    {
        const uint AccountNonce = 0, Present = 1;
        FunctionWriter code = new(2);
        uint at = code.Local(ValueKind.I32), start = code.Local(ValueKind.I32);
        code.I32(scratch.Answer).Tee(start).I32(0).Access(Opcode.I32Store8)
            .Get(start).Call(Helper.Priority).Access(Opcode.I64Store, 1)
            .Get(start).Plus(9).Set(at)
            .Get(Variable.Nonce).Get(AccountNonce).Op(Opcode.I32Eq).Open(Opcode.If)
            .Get(at).I32(0).Access(Opcode.I32Store8).Get(at).Plus(1).Set(at)
            .Op(Opcode.Else);
        Tag(code, at, -1);
        code.End();
        Tag(code, at, 0);
        code.Get(at).I64(-1).Access(Opcode.I64Store)
            .Get(Variable.Era).Open(Opcode.If).Get(at).Get(Present).Call(Helper.Birth);
        ChainFunctions.PushPeriod(code).Op(Opcode.I32Add).Get(Present).Op(Opcode.I32Sub).Plus(-1).Op(Opcode.I64ExtendI32U).Access(Opcode.I64Store).End()
            .Get(at).I32(1).Access(Opcode.I32Store8, 8)
            .Get(at).Plus(9).Get(start).Op(Opcode.I32Sub).Set(at)
            .Span(start, at);
        return code.Build();
    }

    /// <summary>Writes a sequence of one tag: the signer and the nonce plus a difference.</summary>
    private static void Tag(FunctionWriter code, uint at, int difference) => code
        .Get(at).I32(OneTag).Access(Opcode.I32Store16)
        .Get(at).Plus(2).Get(Variable.Signer).I32(AccountId.Size).Call(Helper.Copy)
        .Get(at).Get(Variable.Nonce).Plus(difference).Access(Opcode.I32Store, 2 + AccountId.Size)
        .Get(at).Plus(2 + TagLength).Set(at);
}
