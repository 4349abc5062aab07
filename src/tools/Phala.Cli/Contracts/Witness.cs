using System.Globalization;
using Phala.Client.Clusters;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Contracts;

/// <summary>Whose word something is: workers' verified answers, of how old a view, and whether the chain holds the state that they come from.</summary>
internal static class Witness
{
    /// <summary>Who says something, as commands print it: of several answers the oldest view, and the state that is held least.</summary>
    public static (string Name, string Value)[] Of(params IReadOnlyCollection<VerifiedAnswer> answers) =>
    [
        ("worker", string.Join(", ", answers.Select(answer => answer.Member.Address.ToString()).Distinct())),
        ("ageSeconds", answers.Max(answer => answer.Age).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)),
        ("state", (IsAnchored(answers) ? Anchoring.Anchored : Anchoring.Unanchored).ToString()),
    ];

    /// <summary>The same, and that something was decided by it.</summary>
    public static (string Name, string Value)[] OfDecision(params IReadOnlyCollection<VerifiedAnswer> answers) =>
    [
        .. Of(answers),
        ("decidedBy", IsAnchored(answers) ? "a worker's answer, whose state the chain holds" : "a worker's answer alone: the chain does not hold its state yet (--anchored waits for that)"),
    ];

    private static bool IsAnchored(IReadOnlyCollection<VerifiedAnswer> answers) => answers.All(answer => answer.Anchoring == Anchoring.Anchored);
}
