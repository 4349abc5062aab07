using System.CommandLine;

namespace Phala.Relayer.Options;

/// <summary>Options that operators know of other relayers of the name and that have nothing to decide here: they are taken, so that scripts go on to work, and it is said why they do nothing.</summary>
internal sealed class UnusedOptions
{
    private readonly (Option Option, string Why)[] _options =
    [
        (new Option<bool>("--auto-restart"), "the relayer always goes on after a failure; --restart-interval bounds the pauses"),
        (new Option<uint?>("--start-header"), "workers say themselves where they go on, and begin at the genesis"),
        (new Option<bool>("--fast-sync"), "workers verify the way to the last final block in one step anyway"),
        (new Option<string?>("--headers-cache-uri"), "the node itself keeps what a worker has to be shown, and proves it in one piece"),
        (new Option<bool>("--parachain"), "the chain stands alone"),
        (new Option<string?>("--collator-ws-endpoint", "--parachain-ws-endpoint"), "the chain stands alone: there is one node, that of --substrate-ws-endpoint"),
        (Provider(), "the worker's program knows what vouches for it, and the chain decides what it accepts"),
        (new Option<string?>("--pccs-url"), "no attestation here needs collateral that the relayer would fetch"),
    ];

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach ((Option option, string why) in _options)
        {
            option.Description = $"No effect: {why}.";
            command.Options.Add(option);
        }
    }

    /// <summary>Those that were given, each with why it does nothing.</summary>
    public IEnumerable<(string Name, string Why)> GivenIn(ParseResult line) =>
        _options.Where(each => line.GetResult(each.Option) is { Implicit: false }).Select(each => (each.Option.Name, each.Why));

    private static Option<string?> Provider()
    {
        Option<string?> option = new("--attestation-provider");
        option.AcceptOnlyFromAmong("none", "root", "ias", "dcap");
        return option;
    }
}
