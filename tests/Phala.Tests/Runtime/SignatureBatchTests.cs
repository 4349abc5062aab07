using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client.Transactions;
using Phala.Crypto.Keys;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime;

/// <summary>Verdicts of batches are those of single verification, whatever stands beside what.</summary>
public sealed class SignatureBatchTests
{
    private const int Count = 200;

    [Fact]
    public void ABlocksVerdictsAreThoseOfEachTransactionAlone()
    {
        TestChain chain = TestChain.Create();
        OpaqueExtrinsic[] transactions = [.. Enumerable.Range(0, Count).Select(index => Make(chain, index))];
        PreparedTransaction[] batched = Prepare(chain, transactions), single = Prepare(chain, transactions);
        SignatureBatches.Verify(batched);
        TransactionValidityError?[] expected = [.. single.Select(transaction => transaction.VerifySignature())];
        Assert.Equal(expected, batched.Select(transaction => transaction.VerifySignature()));
        Assert.InRange(expected.Count(error => error is null), Count / 2, Count - 10);
        Assert.Contains((TransactionValidityError)InvalidTransaction.BadProof, expected);
        Assert.Contains((TransactionValidityError)UnknownTransaction.CannotLookup, expected);
    }

    [Fact]
    public void WhatIsTrustedIsNotVerifiedAgain()
    {
        TestChain chain = TestChain.Create();
        OpaqueExtrinsic[] transactions = [.. Enumerable.Repeat(Forged(chain), 10)];
        PreparedTransaction[] prepared = Prepare(chain, transactions);
        foreach (PreparedTransaction transaction in prepared[..5]) transaction.TrustSignature();
        SignatureBatches.Verify(prepared);
        Assert.Equal(5, prepared.Count(transaction => transaction.VerifySignature() is null));
    }

    /// <summary>Every scheme, some forged, some that nobody can have signed, and the author's own.</summary>
    private static OpaqueExtrinsic Make(TestChain chain, int index) => (index % 11) switch
    {
        3 => Signed(chain, SignatureScheme.Ed25519, index),
        5 => Signed(chain, SignatureScheme.Ecdsa, index),
        7 => index % 2 == 0 ? Forged(chain) : chain.Sign(Actor.Bob, new FrameSystem.Remark()),
        8 => index % 3 == 0 ? Extrinsic.Signed(MultiAddress.Index(5), new MultiSignature(SignatureScheme.Sr25519, new byte[64]), [0, 0, 0], [0, 0, 0]) : chain.Inherent(3),
        _ => Signed(chain, SignatureScheme.Sr25519, index),
    };

    private static OpaqueExtrinsic Signed(TestChain chain, SignatureScheme scheme, int index)
    {
        Assert.Equal(SecretUriError.None, AccountSigner.TryOpen($"//{index}", scheme, out AccountSigner? signer));
        using AccountSigner disposed = signer!;
        return SignedTransaction.Create(disposed, RuntimeCall.Of(new FrameSystem.Remark()), new TransactionExtensions(default, (uint)index, 0), chain.Implied());
    }

    private static OpaqueExtrinsic Forged(TestChain chain)
    {
        byte[] bytes = chain.Sign(Actor.Alice, new FrameSystem.Remark(), tip: 5).Body.ToArray();
        bytes[40] ^= 1;
        return new OpaqueExtrinsic([.. bytes]);
    }

    private static PreparedTransaction[] Prepare(TestChain chain, OpaqueExtrinsic[] transactions)
    {
        BlockExecution execution = chain.Begin();
        return [.. transactions.Select(transaction => execution.TryPrepare(transaction, out PreparedTransaction? prepared) ? prepared : throw new InvalidOperationException("These bytes are no transaction."))];
    }
}
