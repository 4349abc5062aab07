using System.CommandLine;
using Phala.Client.Clusters;
using Phala.Terminal;

namespace Phala.Cli.Contracts;

/// <summary>What is insisted on with a query's answer.</summary>
internal sealed class AnswerOptions
{
    private const int LongestAge = 24 * 60 * 60;

    private readonly Option<int> _maxAge = new("--max-age") { Description = "How old an answer's view may be, in seconds.", DefaultValueFactory = _ => 60 };
    private readonly Option<bool> _anchored = new("--anchored") { Description = "Believe an answer only if the chain holds the state that it comes from." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_maxAge);
        command.Options.Add(_anchored);
        _maxAge.Within(1, LongestAge);
    }

    /// <summary>What a client insists on then.</summary>
    public ClusterOptions Read(ParseResult line) => new() { MaxAge = TimeSpan.FromSeconds(line.GetValue(_maxAge)), RequireAnchored = line.GetValue(_anchored) };
}
