using System.Numerics;
using Phala.Chain;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Tests.Runtime.Model;

/// <summary>A signed transaction as its author meant it.</summary>
/// <param name="Signer">Who signs.</param>
/// <param name="Call">What is called.</param>
/// <param name="Nonce">The signer's counter.</param>
/// <param name="Tip">More than the fee.</param>
/// <param name="Period">How many blocks it is valid for; 0 for ever.</param>
/// <param name="Phase">Where that window begins, modulo the period.</param>
/// <param name="Length">The length of its bytes with the prefix.</param>
/// <param name="Defect">What is wrong with its address or signature whatever the state, if anything.</param>
internal sealed record ModelTransaction(AccountId Signer, RuntimeCall Call, uint Nonce, BigInteger Tip, uint Period, uint Phase, int Length, TransactionValidityError? Defect);
