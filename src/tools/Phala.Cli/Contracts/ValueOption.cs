using System.CommandLine;
using Phala.Cli.Transactions;

namespace Phala.Cli.Contracts;

/// <summary>The option for tokens that a contract is given.</summary>
internal sealed class ValueOption
{
    private readonly Option<string?> _value = new("--value") { Description = "How many PHA of the sender in the cluster the contract is given, such as 1.5." };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_value);

    /// <summary>Reads the amount.</summary>
    /// <returns>What is wrong, in words, or null.</returns>
    public string? TryRead(ParseResult line, out UInt128 units)
    {
        units = 0;
        return line.GetValue(_value) is not { } text || Amount.TryRead(text, out units) ? null : "--value is a number of PHA with up to 12 decimals, such as 1.5.";
    }
}
