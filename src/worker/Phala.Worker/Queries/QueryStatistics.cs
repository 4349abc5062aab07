using Phala.Trie;

namespace Phala.Worker.Queries;

/// <summary>How many queries there were, and what they took.</summary>
internal sealed class QueryStatistics
{
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, ContractQueries> _contracts = [];
    private readonly long[] _outcomes = new long[Enum.GetValues<QueryOutcomeKind>().Length];
    private readonly long[] _below = new long[Bounds.Length];
    private long _count;
    private double _seconds;

    /// <summary>Notes a query.</summary>
    /// <param name="contract">The contract, where it is known; queries of unknown ones are counted together, under zeros.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="took">What it took.</param>
    public void Add(in Hash256 contract, QueryOutcomeKind outcome, TimeSpan took)
    {
        lock (_lock)
        {
            _outcomes[(int)outcome]++;
            _count++;
            _seconds += took.TotalSeconds;
            for (int at = 0; at < Bounds.Length; at++) _below[at] += took.TotalSeconds <= Bounds[at] ? 1 : 0;
            ContractQueries before = _contracts.GetValueOrDefault(contract);
            _contracts[contract] = new ContractQueries(before.Total + 1, before.Dropped + (outcome == QueryOutcomeKind.Dropped ? 1ul : 0), before.Milliseconds + took.TotalMilliseconds);
        }
    }

    /// <summary>By contract.</summary>
    public IReadOnlyList<(Hash256 Contract, ContractQueries Queries)> ByContract()
    {
        lock (_lock) return [.. _contracts.Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>By outcome, under the names of metrics.</summary>
    public IReadOnlyList<(string Outcome, double Count)> ByOutcome()
    {
        lock (_lock) return [.. Enum.GetValues<QueryOutcomeKind>().Select(kind => (NameOf(kind), (double)_outcomes[(int)kind]))];
    }

    /// <summary>How many took less than so many seconds; the sum, and the number of all.</summary>
    public (IReadOnlyList<(double Bound, long Count)> Buckets, double Sum, long Count) Times()
    {
        lock (_lock) return ([.. Bounds.Select((bound, at) => (bound, _below[at]))], _seconds, _count);
    }

    private static string NameOf(QueryOutcomeKind kind) => kind switch
    {
        QueryOutcomeKind.Answered => "answered",
        QueryOutcomeKind.Refused => "refused",
        QueryOutcomeKind.NotOpened => "not_opened",
        QueryOutcomeKind.Dropped => "dropped",
        _ => "not_serving",
    };
}
