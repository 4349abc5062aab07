using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;
using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>The exported functions. Each takes a pointer to its arguments and their length and returns the span of its answer.</summary>
internal static class AnswerFunctions
{
    private const uint Arguments = 0, Length = 1, Parameters = 2;

    public static IEnumerable<(string Name, FunctionBody Body)> All(ModuleLayout layout, Scratch scratch, uint specVersion) =>
    [
        ("Core_version", Constant(layout.PlaceSpan(Scale.Encode(PhalaVersion.Of(specVersion))))),
        ("AuraApi_slot_duration", StoredValue(layout, Aura.SlotDuration)),
        ("AuraApi_authorities", StoredValue(layout, Aura.Authorities)),
        ("GrandpaApi_grandpa_authorities", StoredValue(layout, Grandpa.Authorities)),
        ("GrandpaApi_current_set_id", StoredValue(layout, Grandpa.CurrentSetId)),
        .. Metadata(layout, specVersion),
        ("AccountNonceApi_account_nonce", AccountNonce()),
        ("TransactionPaymentApi_query_info", QueryInfo(scratch)),
        ("TaggedTransactionQueue_validate_transaction", Validate(layout, scratch)),
    ];

    private static FunctionBody Constant(long span) => new FunctionWriter(Parameters).I64(span).Build();

    /// <summary>The raw value, as those items are stored as the API answers them, or the default one; without a default the chain's genesis is broken.</summary>
    private static FunctionBody StoredValue(ModuleLayout layout, StorageItem item)
    {
        FunctionWriter code = new(Parameters);
        uint span = code.Local(ValueKind.I64);
        code.I64(layout.PlaceSpan(item.Prefix)).Call(Helper.Stored).Tee(span).Op(Opcode.I64Eqz);
        if (item.Modifier == StorageModifier.Default) code.ReturnIf(layout.PlaceSpan(item.EncodedDefault()));
        else code.TrapIf();
        return code.Get(span).Build();
    }

    private static IEnumerable<(string Name, FunctionBody Body)> Metadata(ModuleLayout layout, uint specVersion)
    {
        // Some ‖ length ‖ metadata: the answer for version 14 without the first byte is that of the oldest question.
        Dictionary<uint, long> spans = RuntimeMetadata.Versions.ToDictionary(
            version => version,
            version => layout.PlaceSpan([1, .. Scale.Encode(new OpaqueMetadata(Vec.Create<byte>(RuntimeMetadata.Encode(version, specVersion))))]));
        long oldest = spans[RuntimeMetadata.Oldest];
        FunctionWriter atVersion = new(Parameters);
        atVersion.Get(Length).I32(sizeof(uint)).Op(Opcode.I32Ne).TrapIf();
        foreach ((uint version, long span) in spans) atVersion.Get(Arguments).Access(Opcode.I32Load).I32((int)version).Op(Opcode.I32Eq).ReturnIf(span);
        return
        [
            ("Metadata_metadata", Constant(ModuleLayout.Span((int)oldest + 1, (int)(oldest >> 32) - 1))),
            ("Metadata_metadata_at_version", atVersion.I64(layout.PlaceSpan([0])).Build()),
            ("Metadata_metadata_versions", Constant(layout.PlaceSpan(Scale.Encode<VecCodec<U32Codec, uint>, Vec<uint>>([.. RuntimeMetadata.Versions])))),
        ];
    }

    private static FunctionBody AccountNonce() => new FunctionWriter(Parameters)
        .Get(Length).I32(AccountId.Size).Op(Opcode.I32Ne).TrapIf()
        .Get(Arguments).Set(Variable.Signer)
        .Call(Helper.Account).I64(uint.MaxValue).Op(Opcode.I64And).I64(ModuleLayout.Span(0, sizeof(uint))).Op(Opcode.I64Or)
        .Build();

    /// <summary>Reads the extrinsic that begins after some bytes of the arguments and is followed by some, and finds its call.</summary>
    private static FunctionWriter Read(FunctionWriter code, int before, int after) => code
        .Get(Length).I32(before + after).Op(Opcode.I32LtU).TrapIf()
        .Get(Arguments).Plus(before).Set(Variable.Cursor)
        .Get(Arguments).Get(Length).Op(Opcode.I32Add).Plus(-after).Set(Variable.End)
        .Call(Helper.ReadExtrinsic)
        .Get(Variable.End).Get(Arguments).Get(Length).Op(Opcode.I32Add).Plus(-after).Op(Opcode.I32Ne).TrapIf()
        .Call(Helper.FindCall);

    /// <summary>Weight and class from the table of calls, then the fee for the length that the client gives. What is not signed costs nothing.</summary>
    private static FunctionBody QueryInfo(Scratch scratch)
    {
        FunctionWriter code = new(Parameters);
        uint at = code.Local(ValueKind.I32);
        Read(code, 0, sizeof(uint)).I32(scratch.Answer).Get(Variable.Entry).Plus(CallTable.Head).Get(Variable.Entry).Access(Opcode.I32Load8U, CallTable.HeadLength).Tee(at).Call(Helper.Copy)
            .Get(at).Plus(scratch.Answer).Tee(at)
            .Get(Variable.End).Access(Opcode.I32Load).Call(Helper.Fee)
            .I64(0).Get(Variable.Format).I32((int)ExtrinsicFormat.SignedV4).Op(Opcode.I32Eq).Op(Opcode.Select).Access(Opcode.I64Store)
            .Get(at).I64(0).Access(Opcode.I64Store, sizeof(ulong))
            .Get(at).Plus(16 - scratch.Answer).Op(Opcode.I64ExtendI32U).I64(32).Op(Opcode.I64Shl).I64(scratch.Answer).Op(Opcode.I64Or);
        return code.Build();
    }

    private static FunctionBody Validate(ModuleLayout layout, Scratch scratch)
    {
        long Refusal(TransactionValidityError error) => layout.PlaceSpan([1, .. Scale.Encode(error)]);
        FunctionWriter code = new(Parameters);
        uint span = code.Local(ValueKind.I64), present = code.Local(ValueKind.I32), hash = code.Local(ValueKind.I32);
        Read(code, 1, Hash256.Size).Get(Arguments).Access(Opcode.I32Load8U).I32((int)TransactionSource.External).Op(Opcode.I32GtU).TrapIf()
            .Get(Variable.Format).I32((int)ExtrinsicFormat.GeneralV5).Op(Opcode.I32Eq).ReturnIf(Refusal(InvalidTransaction.UnknownOrigin))
            .Get(Variable.Format).I32((int)ExtrinsicFormat.SignedV4).Op(Opcode.I32Ne).Open(Opcode.If);
        IsMandatory(code).ReturnIf(Refusal(InvalidTransaction.MandatoryValidation)).I64(Refusal(UnknownTransaction.NoUnsignedValidator)).Op(Opcode.Return).End()
            .Get(Variable.AddressKind).ReturnIf(Refusal(UnknownTransaction.CannotLookup));
        IsZero(code, Variable.Signer).ReturnIf(Refusal(InvalidTransaction.BadSigner));

        code.I64(scratch.NumberKey).Call(Helper.Stored).Tee(span).Op(Opcode.I64Eqz).Op(Opcode.I32Eqz).Open(Opcode.If).Get(span).Op(Opcode.I32WrapI64).Access(Opcode.I32Load).Set(present).End();
        ImplyHash(code, scratch, present, hash, sizeof(uint) * 2, static (code, _) => code.I32(0)).TrapIf();
        ImplyHash(code, scratch, present, hash, (sizeof(uint) * 2) + Hash256.Size, static (code, present) => code.Get(present).Call(Helper.Birth)).ReturnIf(Refusal(InvalidTransaction.AncientBirthBlock));
        code.Call(Helper.SignedMessage).Call(Helper.IsSigned).Op(Opcode.I32Eqz).ReturnIf(Refusal(InvalidTransaction.BadProof));

        IsMandatory(code).ReturnIf(Refusal(InvalidTransaction.MandatoryValidation))
            .Call(Helper.Account).Set(span)
            .Get(Variable.Nonce).Get(span).Op(Opcode.I32WrapI64).Access(Opcode.I32Load).Op(Opcode.I32LtU).ReturnIf(Refusal(InvalidTransaction.Stale))
            .Get(Variable.Length).I32((int)BlockLimits.Length.Normal).Op(Opcode.I32GtU).ReturnIf(Refusal(InvalidTransaction.ExhaustsResources))
            .Get(span).Get(Variable.Length).Call(Helper.Fee).Call(Helper.CanPay).Op(Opcode.I32Eqz).ReturnIf(Refusal(InvalidTransaction.Payment))
            .Get(span).Op(Opcode.I32WrapI64).Access(Opcode.I32Load).Get(present).Call(Helper.ValidAnswer);
        return code.Build();
    }

    private static FunctionWriter IsMandatory(FunctionWriter code) =>
        code.Get(Variable.Entry).Access(Opcode.I32Load8U, CallTable.Class).I32((int)DispatchClass.Mandatory).Op(Opcode.I32Eq);

    private static FunctionWriter IsZero(FunctionWriter code, Variable pointer)
    {
        for (uint at = 0; at < AccountId.Size; at += sizeof(ulong))
        {
            code.Get(pointer).Access(Opcode.I64Load, at);
            if (at > 0) code.Op(Opcode.I64Or);
        }

        return code.Op(Opcode.I64Eqz);
    }

    /// <summary>Looks a block's hash up, puts it among what the signature implies, and pushes whether there is none.</summary>
    private static FunctionWriter ImplyHash(FunctionWriter code, Scratch scratch, uint present, uint hash, int at, Action<FunctionWriter, uint> number)
    {
        number(code, present);
        return code.Get(present).Get(Variable.End).Call(Helper.BlockHash).Tee(hash).Open(Opcode.If)
            .I32(scratch.Implied + at).Get(hash).I32(Hash256.Size).Call(Helper.Copy).End()
            .Get(hash).Op(Opcode.I32Eqz);
    }
}
