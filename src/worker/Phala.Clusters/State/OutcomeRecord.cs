using Phala.Chain;
using Phala.Codec;
using Phala.Worker.Interface.Receipts;

namespace Phala.Clusters.State;

/// <summary>An outcome that its receipt could not carry: kept for a while for the sender to ask for.</summary>
/// <param name="Sender">Who sent the command, and may ask.</param>
/// <param name="Opened">The outcome.</param>
[Scale]
public sealed partial record OutcomeRecord(AccountId Sender, OpenedOutcome Opened);
