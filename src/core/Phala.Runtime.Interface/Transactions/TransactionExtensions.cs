using Phala.Chain.Extrinsics;
using Phala.Codec;

namespace Phala.Runtime.Interface.Transactions;

/// <summary>What a signed extrinsic says besides its call, in the order of <see cref="ExtensionShape.All"/>. Extensions that say nothing take no bytes.</summary>
/// <param name="Era">In which blocks the transaction is valid.</param>
/// <param name="Nonce">The number of the signer's transactions before.</param>
/// <param name="Tip">What is paid above the fee, in units of 10⁻¹² PHA.</param>
[Scale]
public readonly partial record struct TransactionExtensions(Era Era, [Compact] uint Nonce, [Compact] UInt128 Tip);
