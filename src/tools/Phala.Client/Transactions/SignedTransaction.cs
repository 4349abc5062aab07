using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Client.Transactions;

/// <summary>Makes signed transactions out of what the caller knows, without a node: for who makes many, or has none at hand.</summary>
public static class SignedTransaction
{
    /// <summary>Signs a call.</summary>
    /// <param name="signer">Who signs.</param>
    /// <param name="call">The call.</param>
    /// <param name="extensions">What the transaction says besides: era, nonce, tip.</param>
    /// <param name="implied">What its signature covers unsaid: rules, chain, and the hash of the era's first block.</param>
    public static OpaqueExtrinsic Create(AccountSigner signer, RuntimeCall call, in TransactionExtensions extensions, in ImpliedData implied)
    {
        byte[] encodedCall = Scale.Encode(call), encodedExtensions = Scale.Encode(extensions);
        Span<byte> payload = stackalloc byte[SigningPayload.MaxLength];
        int length = SigningPayload.Write(encodedCall, encodedExtensions, Scale.Encode(implied), payload);
        return Extrinsic.Signed(signer.Address, signer.Sign(payload[..length]), encodedExtensions, encodedCall);
    }
}
