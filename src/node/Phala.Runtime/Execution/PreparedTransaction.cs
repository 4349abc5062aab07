using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Execution;

/// <summary>A transaction whose bytes have been read. What is left of its check is the signature, which any thread may verify, and what depends on the state when it is applied.</summary>
public sealed class PreparedTransaction
{
    private readonly Extrinsic _extrinsic;
    private readonly byte[] _implied;
    private readonly TransactionValidityError? _early;
    private MultiSignatureError? _verdict;

    internal PreparedTransaction(in Extrinsic extrinsic, in TransactionExtensions extensions, RuntimeCall call, CallHandler handler, byte[] implied, TransactionValidityError? early)
    {
        (_extrinsic, Extensions, Call, Handler, _implied, _early) = (extrinsic, extensions, call, handler, implied, early);
        Info = handler.Info(call);
        Length = ScaleWriter.CompactLength((uint)extrinsic.Opaque.Body.Length) + extrinsic.Opaque.Body.Length;
        extrinsic.Address.TryGetId(out AccountId signer);
        Signer = signer;
    }

    /// <summary>The bytes.</summary>
    public OpaqueExtrinsic Opaque => _extrinsic.Opaque;

    /// <summary>The length in bytes with the length prefix.</summary>
    public int Length { get; }

    /// <summary>Whether it claims to be signed.</summary>
    public bool IsSigned => _extrinsic.IsSigned;

    /// <summary>Whether extensions are to say on whose behalf it is.</summary>
    public bool IsGeneral => _extrinsic.Format == ExtrinsicFormat.GeneralV5;

    /// <summary>Who claims to have signed.</summary>
    public AccountId Signer { get; }

    /// <summary>What it says besides its call.</summary>
    public TransactionExtensions Extensions { get; }

    /// <summary>The call.</summary>
    public RuntimeCall Call { get; }

    /// <summary>What the call costs.</summary>
    public DispatchInfo Info { get; }

    /// <summary>The encoded <see cref="ImpliedData"/> that the signature has to cover; empty where nobody signed or where it can't be known.</summary>
    public ReadOnlyMemory<byte> Implied => _implied;

    internal CallHandler Handler { get; }

    /// <summary>Whether the signature is good; asked for once only. May be called on any thread, by one at a time.</summary>
    public TransactionValidityError? VerifySignature()
    {
        if (_early is not null || !IsSigned) return _early;
        _verdict ??= Verify();
        return _verdict == MultiSignatureError.None ? null : (TransactionValidityError)InvalidTransaction.BadProof;
    }

    /// <summary>Takes the signature as verified: for who has verified the same bytes against the same implied data before.</summary>
    public void TrustSignature() => _verdict = MultiSignatureError.None;

    /// <summary>Adds the signature to a batch, unless it is of another scheme or need not be verified.</summary>
    internal bool TryAddTo(Sr25519BatchVerifier batch)
    {
        if (_early is not null || !IsSigned || _verdict is not null || _extrinsic.Signature.Scheme != SignatureScheme.Sr25519) return false;
        Span<byte> message = stackalloc byte[SigningPayload.MaxLength];
        int length = WriteMessage(message);
        batch.Add(Signer.AsSpan(), message[..length], _extrinsic.Signature.Bytes);
        return true;
    }

    private MultiSignatureError Verify()
    {
        Span<byte> message = stackalloc byte[SigningPayload.MaxLength];
        int length = WriteMessage(message);
        return _extrinsic.Signature.Verify(message[..length], Signer);
    }

    private int WriteMessage(Span<byte> message)
    {
        _extrinsic.TrySplit<TransactionExtensions>(out _, out ReadOnlySpan<byte> extensions, out ReadOnlySpan<byte> call);
        return SigningPayload.Write(call, extensions, _implied, message);
    }
}
