using System.CommandLine;
using Phala.Cli.Transactions;
using Phala.Client.Clusters;

namespace Phala.Cli.Contracts;

/// <summary>The option for what a contract may lock of its caller's tokens for what it stores. Where it is not given, an estimate says how much.</summary>
internal sealed class DepositLimitOption
{
    private const string AnyText = "none";

    private readonly Option<string?> _limit = new("--deposit-limit")
    {
        Description = $"How many PHA of the sender in the cluster may be locked for what is stored, such as 0.5; '{AnyText}' for all that there are. [default: what an estimate says, and a quarter more]",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_limit);

    /// <summary>Reads the limit.</summary>
    /// <returns>What is wrong, in words, or null.</returns>
    public string? TryRead(ParseResult line, out DepositLimit limit)
    {
        limit = DepositLimit.AsEstimated;
        if (line.GetValue(_limit) is not { } text) return null;
        UInt128 units = 0;
        if (text != AnyText && !Amount.TryRead(text, out units)) return $"--deposit-limit is a number of PHA with up to 12 decimals, such as 0.5, or '{AnyText}'.";
        limit = text == AnyText ? DepositLimit.Any : DepositLimit.Of(units);
        return null;
    }
}
