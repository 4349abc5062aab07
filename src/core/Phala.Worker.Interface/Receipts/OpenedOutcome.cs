using Phala.Codec;

namespace Phala.Worker.Interface.Receipts;

/// <summary>An outcome with what shows that the receipt commits to it.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Blinder">What hides it in the commitment. Who has it can try other outcomes.</param>
[Scale]
public sealed partial record OpenedOutcome(Outcome Outcome, Blinder Blinder);
