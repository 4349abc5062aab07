using System.Text;
using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;

namespace Phala.Clusters.Logs;

/// <summary>Gathers what one run leaves in the log.</summary>
/// <param name="point">Where and when it was executed.</param>
/// <param name="mode">What it was for.</param>
/// <param name="origin">Who sent the command, or asked.</param>
/// <param name="entry">The contract that was called first.</param>
internal sealed class RunLog(ExecutionPoint point, ExecutionMode mode, AccountId origin, Hash256 entry)
{
    private const byte Error = 1, Information = 3, Debugging = 4;

    private readonly List<LogItem> _items = [];

    /// <summary>What was gathered, in order.</summary>
    internal IReadOnlyList<LogItem> Items => _items;

    /// <summary>What contracts wrote to the log and said for those who look for their faults: also those that failed.</summary>
    internal RunLog AddText(CallEngine engine)
    {
        foreach (ContractLog line in engine.Log.Lines) Add(line.Contract, line.Level, line.Message, isOfHost: false);
        string text = Encoding.UTF8.GetString(engine.Debug.ToBytes().AsSpan());
        if (text.Length > 0) Add(entry, Debugging, text, isOfHost: false);
        return this;
    }

    /// <summary>Events, beside those to the host.</summary>
    internal RunLog AddEvents(IReadOnlyList<ContractEvent> events)
    {
        foreach (ContractEvent told in events)
        {
            if (!PinkEvent.IsOne(told)) _items.Add(new LogItem.Event(point.BlockNumber, origin, told.Contract, told.Topics, told.Data));
        }

        return this;
    }

    /// <summary>How a call or a constructor failed, where it did.</summary>
    /// <param name="what">What failed: "contract call", or "instantiate".</param>
    /// <param name="result">How it ended.</param>
    /// <param name="isPaid">Whether what it stores is paid for.</param>
    internal RunLog AddEnd(string what, in CallResult result, bool isPaid)
    {
        if (ExecutionResults.ErrorOf(result, isPaid) is { } error) return AddError($"{what} failed: {error}");
        return result.IsKept ? this : AddError($"{what} reverted");
    }

    /// <summary>What the host has to say of a failure.</summary>
    internal RunLog AddError(string message) => Add(entry, Error, message, isOfHost: true);

    /// <summary>What the host has to say.</summary>
    internal RunLog AddInformation(string message) => Add(entry, Information, message, isOfHost: true);

    /// <summary>An item.</summary>
    internal RunLog Add(LogItem item)
    {
        _items.Add(item);
        return this;
    }

    private RunLog Add(in Hash256 contract, byte level, string message, bool isOfHost) => Add(new LogItem.Line(point.BlockNumber, origin, contract, entry, mode, point.BlockTime, level, message, isOfHost));
}
