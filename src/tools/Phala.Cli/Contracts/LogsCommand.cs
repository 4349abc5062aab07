using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Cli.Transactions;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Clusters;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Terminal;
using Phala.Terminal.Keys;
using Phala.Trie;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract logs</c>: what runs of a contract left in a worker's log, as far as who asks may read it.</summary>
internal sealed class LogsCommand
{
    private readonly Argument<string> _contract = new("contract") { Description = "The contract's id." };
    private readonly System.CommandLine.Option<bool> _follow = new("--follow") { Description = "Go on with what comes, until Ctrl-C." };
    private readonly System.CommandLine.Option<uint?> _fromBlock = new("--from-block") { Description = "Only what is of this block or later ones." };
    private readonly System.CommandLine.Option<string?> _level = new("--level") { Description = "Of lines only those as grave as this: error, warn, info, debug, trace. [default: all]" };
    private readonly SignerOptions _signer = new("Who reads: what came of commands, who sent them; what a contract writes, who deployed it and the cluster's owner", otherwise: "nobody in particular");
    private readonly AnswerOptions _answer = new();
    private readonly ClusterSelection _cluster = new();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        LogsCommand logs = new();
        Command command = new("logs", "Shows what a contract's runs left in the log of one of the cluster's workers: lines, events, what came of commands. A log is a worker's memory, and ends with it.")
        {
            logs._contract, logs._follow, logs._fromBlock, logs._level,
        };
        logs._level.CompletionSources.Add(LogText.Levels);
        command.Validators.Add(result =>
        {
            if (result.GetValue(logs._level) is { } level && !LogText.Levels.Contains(level)) result.AddError($"--level is one of {string.Join(", ", LogText.Levels)}.");
        });
        logs._signer.AddTo(command);
        logs._answer.AddTo(command);
        logs._cluster.AddTo(command);
        command.SetAction(logs.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        if (!HashText.TryRead(line.GetRequiredValue(_contract), out Hash256 contract)) return Failure.Report(line, "A contract's id is 32 bytes in hexadecimal.");
        string? problem = _signer.TryOpen(line, out AccountSigner? caller);
        if (problem is not null) return Failure.Report(line, problem);
        using (caller) return await _cluster.WithClusterAsync(line, _answer.Read(line), cluster => ShowAsync(line, cluster, contract, caller, stop), stop).ConfigureAwait(false);
    }

    private async Task<int> ShowAsync(ParseResult line, ClusterClient cluster, Hash256 contract, AccountSigner? caller, CancellationToken stop)
    {
        ClusterLog log = new(cluster);
        (ulong next, ClusterMember member) = await ShowAsync(line, log, contract, caller, 0, null, stop).ConfigureAwait(false);
        if (!line.GetValue(_follow)) return ExitCode.Good;
        await using ClientSubscription<Header> heads = (await cluster.Chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false)).Require();
        try
        {
            while (true)
            {
                (await heads.NextAsync(stop).ConfigureAwait(false)).Require();
                ulong known = (await log.NextAsync(member, stop).ConfigureAwait(false)).Require();
                if (known < next) next = 0;
                if (known > next) (next, member) = await ShowAsync(line, log, contract, caller, next, member, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Good;
        }
    }

    /// <summary>Shows all that a worker has from a number on, answer by answer.</summary>
    private async Task<(ulong Next, ClusterMember Member)> ShowAsync(ParseResult line, ClusterLog log, Hash256 contract, AccountSigner? caller, ulong next, ClusterMember? member, CancellationToken stop)
    {
        while (true)
        {
            ClusterLogPage page = (await log.ReadAsync(contract, (long)Math.Min(next, long.MaxValue), caller, member, stop).ConfigureAwait(false)).Require();
            member = page.Member;
            foreach (ClusterLogRecord record in page.Records.Where(record => IsWanted(line, record))) Print(line, record);
            if (page.Next <= next) return (next, member);
            next = page.Next;
        }
    }

    private bool IsWanted(ParseResult line, ClusterLogRecord record)
    {
        if (line.GetValue(_fromBlock) is { } block && !(record.BlockNumber >= block)) return false;
        return line.GetValue(_level) is not { } level || record.Level is not { } own || own <= Array.IndexOf(LogText.Levels, level) + 1;
    }

    private void Print(ParseResult line, ClusterLogRecord record) =>
        line.InvocationConfiguration.Output.WriteLine(_cluster.IsJson(line) ? Answer.Line(JsonNode.Parse(record.Json.GetRawText())!) : PlainText.Of(LogText.Of(record)));
}
