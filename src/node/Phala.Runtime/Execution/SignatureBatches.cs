using System.Collections.Concurrent;
using Phala.Crypto.Signatures;

namespace Phala.Runtime.Execution;

/// <summary>
/// Verifies the signatures of many transactions on all cores and, those of sr25519, many as one equation, which takes half the time. What is found good is noted in the transactions;
/// what is not is verified on its own where it is applied, so that verdicts are those of single verification.
/// </summary>
public static class SignatureBatches
{
    /// <summary>Larger batches gain nothing, smaller ones spread better over cores.</summary>
    private const int Size = 64;

    /// <summary>Verifies what is not yet verified.</summary>
    public static void Verify(IReadOnlyList<PreparedTransaction> transactions)
    {
        if (transactions.Count <= 2) return;
        Parallel.ForEach(Partitioner.Create(0, transactions.Count, Size), static () => new Sr25519BatchVerifier(Size), (range, _, verifier) =>
        {
            Verify(transactions, range.Item1, range.Item2, verifier);
            return verifier;
        }, static _ => { });
    }

    private static void Verify(IReadOnlyList<PreparedTransaction> transactions, int from, int to, Sr25519BatchVerifier verifier)
    {
        verifier.Clear();
        Span<int> places = stackalloc int[Size];
        for (int index = from; index < to; index++)
        {
            if (transactions[index].TryAddTo(verifier)) places[verifier.Count - 1] = index;
            else transactions[index].VerifySignature();
        }

        Span<SignatureVerdict> verdicts = stackalloc SignatureVerdict[verifier.Count];
        verifier.Verify(verdicts);
        for (int place = 0; place < verdicts.Length; place++)
        {
            if (verdicts[place] == SignatureVerdict.Valid) transactions[places[place]].TrustSignature();
        }
    }
}
