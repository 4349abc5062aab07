using System.CommandLine;
using System.Globalization;
using Phala.Client.Contracts.Ink;

namespace Phala.Cli.Contracts;

/// <summary>The option for the gas of what is sent. Where it is not given, an estimate says how much.</summary>
internal sealed class GasOption
{
    private readonly Option<ulong?> _gas = new("--gas") { Description = "The gas that it may take, of which 10^12 is a second; it is sent then also where an estimate says that the contract would refuse it, and without an estimate if --deposit-limit is given too. [default: what an estimate says, and a quarter more]" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_gas);

    /// <summary>The gas that was given; null where there was none.</summary>
    public ulong? Read(ParseResult line) => line.GetValue(_gas);

    /// <summary>What is offered after an estimate: a quarter more, because the state may be another by then.</summary>
    public static ulong After(ulong estimate) => Math.Min(ClusterFunds.MostGas, estimate + (estimate / 4));

    /// <summary>The gas as it is told.</summary>
    public static string Text(ulong gas, ulong? estimate) => string.Create(CultureInfo.InvariantCulture, $"{gas}{(estimate is { } estimated ? $" (estimated {estimated}, and a quarter more)" : "")}");
}
