using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Phala.Cli.Dev;

/// <summary>What is shown of a running network.</summary>
/// <param name="Best">The best block's number.</param>
/// <param name="Final">The last final block's.</param>
/// <param name="Queue">How many entries the queue has.</param>
/// <param name="Anchored">The last entry whose result is anchored.</param>
/// <param name="Workers">The workers.</param>
internal sealed record DevFigures(uint Best, uint Final, ulong Queue, ulong Anchored, IReadOnlyList<WorkerFigures> Workers)
{
    private const int TableWidth = 96;

    /// <summary>As a line of a log.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"best #{Best}, final #{Final}, queue {Queue}, anchored {Anchored}; {string.Join("; ", Workers.Select((worker, at) => $"worker {at + 1}: {Lag(worker)}, lease to #{Lease(worker)}"))}; attestation: none (development)");

    /// <summary>As programs read it.</summary>
    public IEnumerable<(string Name, JsonNode? Value)> ToFields() =>
    [
        ("best", Best), ("final", Final), ("queue", Queue), ("anchored", Anchored),
        ("workers", new JsonArray([.. Workers.Select(worker => new JsonObject { ["lag"] = worker.Lag, ["leaseEnd"] = worker.LeaseEnd, ["memoryBytes"] = worker.Memory })])),
        ("attestation", "none (development)"),
    ];

    /// <summary>What a terminal shows: a table, or lines where it is too narrow for one.</summary>
    /// <param name="width">The terminal's columns.</param>
    public IRenderable Draw(int width) => width < TableWidth ? ToLines() : ToTable();

    private Rows ToLines() => new(
    [
        new Text(string.Create(CultureInfo.InvariantCulture, $"best #{Best}, final #{Final}")),
        new Text(string.Create(CultureInfo.InvariantCulture, $"queue {Queue}, anchored {Anchored}")),
        .. Workers.Select((worker, at) => new Text(string.Create(CultureInfo.InvariantCulture, $"worker {at + 1}: {Lag(worker)}, lease to #{Lease(worker)}, {Memory(worker)}"))),
        new Text("attestation: none (development)"),
    ]);

    private Table ToTable()
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("best", "final", "queue", "anchored", "worker", "lag", "lease to", "memory", "attestation");
        for (int at = 0; at < Workers.Count; at++)
        {
            WorkerFigures worker = Workers[at];
            string[] chain = at == 0 ? [Number(Best), Number(Final), Number(Queue), Number(Anchored)] : ["", "", "", ""];
            table.AddRow([.. chain, Number((ulong)at + 1), Lag(worker), Lease(worker), Memory(worker), "none (development)"]);
        }

        return table;
    }

    private static string Lag(WorkerFigures worker) => worker.Lag switch
    {
        null => "no answer",
        0 => "in step",
        long blocks => string.Create(CultureInfo.InvariantCulture, $"{blocks} blocks behind"),
    };

    private static string Lease(WorkerFigures worker) => worker.LeaseEnd?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Memory(WorkerFigures worker) => string.Create(CultureInfo.InvariantCulture, $"{worker.Memory >> 20} MB");

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
