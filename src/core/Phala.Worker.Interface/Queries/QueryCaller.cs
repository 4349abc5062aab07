using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>Who asks.</summary>
/// <param name="Account">The account.</param>
/// <param name="Signature">Its signature over <see cref="SigningBytes"/>.</param>
[Scale]
public sealed partial record QueryCaller(AccountId Account, MultiSignature Signature)
{
    /// <summary>
    /// What a caller signs: <c>ff 11 ‖ SCALE(genesis, session, contract, query hash, expiry)</c>. No message of the queue begins so, and no extrinsic's payload. For another session,
    /// another contract or after its expiry the signature is worth nothing.
    /// </summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="session">The signing key of the session that is asked.</param>
    /// <param name="request">The query.</param>
    public static byte[] SigningBytes(in Hash256 genesis, in Sr25519PublicKey session, QueryRequest request)
    {
        byte[] bytes = new byte[2 + (3 * Hash256.Size) + Sr25519PublicKey.Size + sizeof(ulong)];
        ScaleWriter writer = new(bytes.AsSpan());
        writer.WriteSpan([0xFF, 0x11]);
        writer.WriteSpan(genesis.AsSpan());
        writer.WriteSpan(session.AsSpan());
        writer.WriteSpan(request.Contract.AsSpan());
        writer.WriteSpan(request.Hash().AsSpan());
        writer.WriteUInt64(request.Expiry);
        return bytes;
    }

    /// <summary>Whether the account signed this query to this session.</summary>
    public bool Signed(in Hash256 genesis, in Sr25519PublicKey session, QueryRequest request) =>
        Signature.Verify(SigningBytes(genesis, session, request), Account) == MultiSignatureError.None;
}
