using Phala.Codec;

namespace Phala.Worker.Interface.Receipts;

/// <summary>What is sealed to a command's reply key.</summary>
[Scale]
public abstract partial record SealedOutcome
{
    private SealedOutcome()
    {
    }

    /// <summary>The longest output, in bytes, that a receipt carries.</summary>
    public const int LongestOutput = 4096;

    /// <summary>All of it.</summary>
    /// <param name="Outcome">The outcome.</param>
    /// <param name="Blinder">What hides it in the receipt's commitment.</param>
    [Variant(0)]
    public sealed record Whole(Outcome Outcome, Blinder Blinder) : SealedOutcome;

    /// <summary>All but the output, which is too long: it is asked for by query.</summary>
    /// <param name="Status">How the command ended.</param>
    /// <param name="Gas">What it took.</param>
    /// <param name="OutputLength">The length of the output in bytes.</param>
    /// <param name="Blinder">What hides the outcome, with its output, in the receipt's commitment.</param>
    [Variant(1)]
    public sealed record WithoutOutput(OutcomeStatus Status, ulong Gas, uint OutputLength, Blinder Blinder) : SealedOutcome;
}
