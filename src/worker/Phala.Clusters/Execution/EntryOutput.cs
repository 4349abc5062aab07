using Phala.Clusters.Logs;

namespace Phala.Clusters.Execution;

/// <summary>What an entry gives besides state and receipts, as it comes about.</summary>
internal sealed class EntryOutput
{
    internal List<EgressMessage> Egress { get; } = [];

    internal List<ContractEvent> Events { get; } = [];

    internal List<LogRecord> Log { get; } = [];

    internal List<LogItem> Journal { get; } = [];
}
