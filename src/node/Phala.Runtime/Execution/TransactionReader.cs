using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;

namespace Phala.Runtime.Execution;

/// <summary>Reads transactions for one block: what their signatures imply depends on it.</summary>
internal sealed class TransactionReader(Dispatcher dispatcher, BlockContext block)
{
    private readonly Hash256 _genesis = FrameSystem.BlockHash.Get(block.State, 0);

    /// <summary>Reads a transaction.</summary>
    /// <returns>False where the bytes are none.</returns>
    public bool TryRead(OpaqueExtrinsic opaque, [NotNullWhen(true)] out PreparedTransaction? transaction)
    {
        transaction = null;
        if (Extrinsic.TryDecode(opaque, out Extrinsic extrinsic) != ExtrinsicError.None) return false;
        if (!extrinsic.TrySplit(out TransactionExtensions extensions, out _, out ReadOnlySpan<byte> callBytes)) return false;
        if (!Scale.Decode<RuntimeCall>(callBytes).TryGet(out RuntimeCall? call)) return false;

        TransactionValidityError? early = null;
        byte[] implied = extrinsic.IsSigned ? Imply(extrinsic, extensions, ref early) : [];
        transaction = new PreparedTransaction(extrinsic, extensions, call, dispatcher.HandlerOf(call), implied, early);
        return true;
    }

    private byte[] Imply(in Extrinsic extrinsic, in TransactionExtensions extensions, ref TransactionValidityError? early)
    {
        if (!extrinsic.Address.TryGetId(out AccountId signer)) early = UnknownTransaction.CannotLookup;
        else if (signer == default) early = InvalidTransaction.BadSigner;
        else if (!TryGetEraBlock(extensions.Era, out Hash256 eraBlock)) early = InvalidTransaction.AncientBirthBlock;
        else return Scale.Encode(new ImpliedData(block.Version.SpecVersion, block.Version.TransactionVersion, _genesis, eraBlock));
        return [];
    }

    private bool TryGetEraBlock(Era era, out Hash256 hash)
    {
        hash = _genesis;
        return era.IsImmortal || FrameSystem.BlockHash.TryGet(block.State, era.Birth(block.Number), out hash);
    }
}
