using Phala.LightClient.Delivery;
using Phala.Testing;
using Phala.Testing.Chain.Light;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>Deliveries of an entry, some bytes of it changed, and then the same again.</summary>
internal sealed class EntryTarget : FuzzTarget
{
    private static readonly IReadOnlyList<EntryScenario> Scenarios = EntryScenarios.All;

    public override string Name => "light-entries";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Scenarios.Count);

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<EntryError>().Except([nameof(EntryError.None)])];

    // The longest entry is 2 MiB.
    public override long AllocationBound(int inputLength) => 3_000_000;

    public override int SampleSize => 6_000;

    public override FuzzOutcome Run(byte[] input)
    {
        EntryScenario scenario = Scenarios[Patch.Choice(input, Scenarios.Count)];
        EntryError error = scenario.Run(Patch.Apply(scenario.Entry, input), out EntryDelivery? delivery);
        if (error == EntryError.None && delivery!.Remaining == 0) error = delivery.TryNext(scenario.Entry, scenario.Bodies, EntryScenario.Wanted, out _);
        return new FuzzOutcome(error is not (EntryError.WrongEntry or EntryError.EntryTooLarge), error == EntryError.None ? null : error.ToString());
    }
}
