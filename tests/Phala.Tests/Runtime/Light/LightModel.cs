using System.Buffers.Binary;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Tests.Runtime.Light;

/// <summary>What the module is to answer, computed with the chain's own types: a seam where the native runtime's answers belong.</summary>
internal static class LightModel
{
    public static byte[]? QueryInfo(byte[] encoded, uint length)
    {
        if (!TryRead(encoded, out Extrinsic extrinsic, out _, out CallShape call)) return null;
        DispatchInfo info = LightChain.InfoOf(call);
        return Scale.Encode(new RuntimeDispatchInfo(info.Weight, info.Class, extrinsic.IsSigned ? Fee(info, length) : 0));
    }

    public static byte[]? Validate(LightChain chain, byte[] encoded)
    {
        if (!TryRead(encoded, out Extrinsic extrinsic, out TransactionExtensions extensions, out CallShape call)) return null;
        TransactionValidityError? refusal = Refusal(chain, extrinsic, extensions, call, (uint)encoded.Length, out AccountInfo account);
        if (refusal is { } error) return [1, .. Scale.Encode(error)];
        extrinsic.Address.TryGetId(out AccountId signer);
        Vec<Vec<byte>> requires = extensions.Nonce == account.Nonce ? default : [Tag(signer, extensions.Nonce - 1)];
        ulong longevity = extensions.Era.IsImmortal ? ulong.MaxValue : extensions.Era.Death(LightChain.Number + 1) - (LightChain.Number + 1);
        ulong perBlock = Math.Min(BlockLimits.Weights.MaxBlock.RefTime / LightChain.InfoOf(call).Weight.RefTime, BlockLimits.Length.Normal / (uint)encoded.Length);
        UInt128 priority = UInt128.Min(extensions.Tip, ulong.MaxValue) + 1;
        return [0, .. Scale.Encode(new ValidTransaction((ulong)UInt128.Min(priority * perBlock, ulong.MaxValue), requires, [Tag(signer, extensions.Nonce)], longevity, true))];
    }

    private static bool TryRead(byte[] encoded, out Extrinsic extrinsic, out TransactionExtensions extensions, out CallShape call)
    {
        (extensions, call) = (default, null!);
        if (Extrinsic.TryDecode(encoded, out extrinsic) != ExtrinsicError.None || !extrinsic.TrySplit(out extensions, out _, out ReadOnlySpan<byte> bytes)) return false;
        if (!Scale.Decode<RuntimeCall>(bytes).TryGet(out RuntimeCall? decoded)) return false;
        call = decoded.Shape;
        return true;
    }

    private static TransactionValidityError? Refusal(LightChain chain, in Extrinsic extrinsic, in TransactionExtensions extensions, CallShape call, uint length, out AccountInfo account)
    {
        account = AccountInfo.Missing;
        DispatchInfo info = LightChain.InfoOf(call);
        if (extrinsic.Format == ExtrinsicFormat.GeneralV5) return InvalidTransaction.UnknownOrigin;
        if (!extrinsic.IsSigned) return info.Class == DispatchClass.Mandatory ? InvalidTransaction.MandatoryValidation : UnknownTransaction.NoUnsignedValidator;
        if (!extrinsic.Address.TryGetId(out AccountId signer)) return UnknownTransaction.CannotLookup;
        if (signer == default) return InvalidTransaction.BadSigner;
        uint birth = extensions.Era.Birth(LightChain.Number + 1);
        if (birth != LightChain.Number && !chain.Storage.ContainsKey(Hex.Format(FrameSystem.BlockHash.Key(birth)))) return InvalidTransaction.AncientBirthBlock;
        if (!IsSigned(extrinsic, signer, LightChain.HashOf(birth))) return InvalidTransaction.BadProof;
        if (info.Class == DispatchClass.Mandatory) return InvalidTransaction.Call;
        if (chain.Storage.TryGetValue(Hex.Format(FrameSystem.Account.Key(signer)), out byte[]? stored)) account = Scale.Decode<AccountInfo>(stored).Value;
        UInt128 fee = Fee(info, length);
        UInt128 due = fee > UInt128.MaxValue - extensions.Tip ? UInt128.MaxValue : fee + extensions.Tip;
        UInt128 spendable = account.Data.Free - UInt128.Min(account.Data.Free, Balances.ExistentialDeposit);
        if (spendable < due) return InvalidTransaction.Payment;
        return extensions.Nonce < account.Nonce ? InvalidTransaction.Stale : null;
    }

    private static bool IsSigned(in Extrinsic extrinsic, in AccountId signer, Hash256 eraBlock)
    {
        extrinsic.TrySplit<TransactionExtensions>(out _, out ReadOnlySpan<byte> extensions, out ReadOnlySpan<byte> call);
        byte[] payload = new byte[SigningPayload.MaxLength], implied = Scale.Encode(new ImpliedData(LightChain.Spec, PhalaVersion.Transaction, LightChain.Genesis, eraBlock));
        int length = SigningPayload.Write(call, extensions, implied, payload);
        return extrinsic.Signature.Verify(payload.AsSpan(0, length), signer) == MultiSignatureError.None;
    }

    private static UInt128 Fee(DispatchInfo info, uint length) => info.PaysFee == Pays.No
        ? 0
        : ((UInt128)(BlockLimits.BaseExtrinsic.RefTime + info.Weight.RefTime) * TransactionPayment.PicosecondFee) + ((UInt128)length * TransactionPayment.ByteFee);

    private static Vec<byte> Tag(in AccountId signer, uint nonce)
    {
        byte[] tag = [.. signer.AsSpan(), 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(tag.AsSpan(AccountId.Size), nonce);
        return Vec.Create<byte>(tag);
    }
}
