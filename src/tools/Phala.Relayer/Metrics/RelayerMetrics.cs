using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Phala.Chain;
using Phala.Client;
using Phala.Worker.Interface.Sync;

namespace Phala.Relayer.Metrics;

/// <summary>What a relayer counts, in the text format that Prometheus reads.</summary>
public sealed class RelayerMetrics
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, double>> _values = [];

    /// <summary>When each worker last answered, by its address.</summary>
    public ConcurrentDictionary<Uri, bool> Workers { get; } = [];

    /// <summary>Whether the node is connected.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Counts something of a kind.</summary>
    /// <param name="what">submitted, included or failed.</param>
    /// <param name="kind">What kind of transaction.</param>
    public void Count(string what, string kind) => Add($"phala_relayer_{what}_total", Labels(("kind", kind)), 1);

    /// <summary>Counts a transaction that was not taken.</summary>
    public void Reject(string kind, ClientFailure failure) => Add("phala_relayer_rejected_total", Labels(("kind", kind), ("reason", Reason(failure))), 1);

    /// <summary>Counts a failure of the work for a worker.</summary>
    public void Fail(Uri worker, ClientFailure failure)
    {
        Workers[worker] = failure.Error is not (ClientError.Unreachable or ClientError.Timeout);
        Add("phala_relayer_errors_total", Labels(("worker", Name(worker)), ("reason", Reason(failure))), 1);
    }

    /// <summary>Counts what a worker did not take.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="outcome">What it said.</param>
    /// <param name="detail">The rule that was broken, by the name of the error; what follows it tells more and is left out.</param>
    public void Refuse(Uri worker, SyncOutcome outcome, string detail)
    {
        string rule = detail.Split(' ', ':')[0];
        Add("phala_relayer_refused_total", Labels(("worker", Name(worker)), ("outcome", outcome.ToString()), ("reason", rule.All(char.IsAsciiLetterOrDigit) ? rule : "")), 1);
    }

    /// <summary>Adds a fee that was paid, in units of 10⁻¹² PHA.</summary>
    public void AddFee(UInt128 fee) => Add("phala_relayer_tx_fee_total", "", (double)fee / 1e12);

    /// <summary>Notes what there is left to pay with, in PHA.</summary>
    public void NoteBalance(double balance) => Set("phala_relayer_balance", "", balance);

    /// <summary>Counts entries that were brought to a worker.</summary>
    public void Deliver(Uri worker, int entries, int bytes)
    {
        Add("phala_relayer_entries_total", Labels(("worker", Name(worker))), entries);
        Add("phala_relayer_entry_bytes_total", Labels(("worker", Name(worker))), bytes);
    }

    /// <summary>Notes where a worker stands.</summary>
    public void Note(Uri worker, SyncStatus status, BlockId? final)
    {
        Workers[worker] = true;
        string labels = Labels(("worker", Name(worker)));
        Set("phala_relayer_worker_block", labels, status.Head.Number);
        if (final is { } block) Set("phala_relayer_lag_blocks", labels, Math.Max(0, (double)block.Number - status.Head.Number));
        foreach (StreamStatus stream in status.Streams)
        {
            Set("phala_relayer_lag_entries", Labels(("worker", Name(worker)), ("stream", stream.Channel.ToString())), (double)(status.Queue.Count - stream.Applied.Count));
        }
    }

    /// <summary>All of it as text.</summary>
    public string Write()
    {
        StringBuilder text = new();
        foreach ((string name, ConcurrentDictionary<string, double> series) in _values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string kind = name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge";
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {kind}\n");
            foreach ((string labels, double value) in series.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
        }

        return text.ToString();
    }

    private static string Reason(ClientFailure failure) => failure.Error is ClientError.Refused or ClientError.Rpc ? failure.Code.ToString(CultureInfo.InvariantCulture) : failure.Error.ToString();

    private static string Name(Uri worker) => worker.Authority;

    private static string Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        StringBuilder text = new("{");
        foreach ((string name, string value) in labels) text.Append(text.Length > 1 ? "," : "").Append(name).Append("=\"").Append(value).Append('"');
        return text.Append('}').ToString();
    }

    private void Add(string name, string labels, double amount) => _values.GetOrAdd(name, _ => []).AddOrUpdate(labels, amount, (_, before) => before + amount);

    private void Set(string name, string labels, double value) => _values.GetOrAdd(name, _ => [])[labels] = value;
}
