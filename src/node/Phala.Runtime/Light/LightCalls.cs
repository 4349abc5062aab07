using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;

namespace Phala.Runtime.Light;

/// <summary>
/// What the calls of <see cref="LightCode"/> read: a node proves these entries to a light client, which then does the call itself. One entry too few and the call fails there;
/// the tests compare the table with what the module reads.
/// </summary>
public static class LightCalls
{
    /// <summary>The entries that a call may read.</summary>
    /// <param name="method">The call's name.</param>
    /// <param name="arguments">Its arguments; any bytes.</param>
    /// <param name="state">The state that it reads.</param>
    /// <param name="keys">The keys of the entries, whether they are there or not.</param>
    /// <returns>False where the module has no such call.</returns>
    public static bool TryFindKeys(string method, ReadOnlySpan<byte> arguments, MerkleTrie state, out IReadOnlyList<byte[]> keys)
    {
        IReadOnlyList<byte[]>? found = method switch
        {
            "Core_version" or "Metadata_metadata" or "Metadata_metadata_at_version" or "Metadata_metadata_versions" or "TransactionPaymentApi_query_info" => [],
            "AuraApi_slot_duration" => [Aura.SlotDuration.Prefix.ToArray()],
            "AuraApi_authorities" => [Aura.Authorities.Prefix.ToArray()],
            "GrandpaApi_grandpa_authorities" => [Grandpa.Authorities.Prefix.ToArray()],
            "GrandpaApi_current_set_id" => [Grandpa.CurrentSetId.Prefix.ToArray()],
            "AccountNonceApi_account_nonce" => arguments.Length == AccountId.Size ? [FrameSystem.Account.Key(new AccountId(arguments))] : [],
            "TaggedTransactionQueue_validate_transaction" => OfTransaction(arguments, state),
            _ => null,
        };
        keys = found ?? [];
        return found is not null;
    }

    /// <summary>The block's number, the hashes that the signature implies, and the signer's account, where there is one.</summary>
    private static List<byte[]> OfTransaction(ReadOnlySpan<byte> arguments, MerkleTrie state)
    {
        uint number = FrameSystem.Number.Get(state);
        List<byte[]> keys = [FrameSystem.Number.Prefix.ToArray(), FrameSystem.BlockHash.Key(0)];
        if (arguments.Length <= 1 + Hash256.Size) return keys;
        if (Extrinsic.TryDecode(arguments[1..^Hash256.Size], out Extrinsic extrinsic) != ExtrinsicError.None) return keys;
        if (!extrinsic.TrySplit(out TransactionExtensions extensions, out _, out _)) return keys;
        if (!extensions.Era.IsImmortal) keys.Add(FrameSystem.BlockHash.Key(extensions.Era.Birth(number + 1)));
        if (extrinsic.IsSigned && extrinsic.Address.TryGetId(out AccountId signer)) keys.Add(FrameSystem.Account.Key(signer));
        return keys;
    }
}
