namespace Phala.Clusters.Execution;

/// <summary>What follows from a command, constructor or hook that stays: what it made is announced, then its events take effect, then others may read them.</summary>
internal sealed class CallConsequences(ContractAnnouncer announcer, EventEffects effects, EntryOutput output)
{
    /// <summary>Draws them.</summary>
    /// <param name="index">The message's place in the entry; for hooks the place after the last.</param>
    /// <param name="made">What came into being.</param>
    /// <param name="events">What was emitted.</param>
    internal void Draw(uint index, IReadOnlyList<MadeContract> made, IReadOnlyList<ContractEvent> events)
    {
        announcer.Announce(index, made);
        effects.Apply(index, events);
        output.Tell(events);
    }
}
