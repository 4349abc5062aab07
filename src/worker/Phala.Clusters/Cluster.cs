using Phala.Clusters.Execution;
using Phala.Clusters.State;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Clusters;

/// <summary>A cluster: a state machine that all of its members replicate.</summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> Entries of the queue and the cluster's secrets go in; state, receipts, a report and messages to the chain come out. Nothing else has an influence: block and time are
/// the entry's, members, deposits and code came in messages of the cluster's own channel.
/// </para>
/// <para>
/// <b>Invariant.</b> Equal entries, messages and secrets give equal results, however they were delivered. Every message gives a result: nothing that comes from the queue or from a
/// contract stops the queue. A fault of the program itself is caught here, becomes an <see cref="InternalFault"/>, and leaves the cluster before the entry: it is neither skipped nor reported.
/// </para>
/// <para><b>Trust.</b> The caller vouches that entries and messages are the chain's, in order and complete, and that the secrets are those of the epochs in force.</para>
/// </remarks>
public sealed class Cluster
{
    private readonly ContractCodes _codes;

    /// <summary>Names a cluster.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="id">The cluster.</param>
    /// <param name="codes">The contracts of the program.</param>
    public Cluster(in Hash256 genesis, in Hash256 id, ContractCodes codes)
    {
        (Genesis, Id) = (genesis, id);
        _codes = codes;
    }

    /// <summary>The chain.</summary>
    public Hash256 Genesis { get; }

    /// <summary>The cluster.</summary>
    public Hash256 Id { get; }

    /// <summary>Executes an entry. Every entry has to be executed in its order, also those without messages for the cluster.</summary>
    /// <param name="before">The cluster before it.</param>
    /// <param name="position">The queue's position after it.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="messages">The cluster's messages in it.</param>
    /// <param name="secrets">The cluster's secrets by the epoch of their command keys: exactly those in force at the entry; at least one.</param>
    /// <returns>The cluster after it; or a fault, where the program does not have the cluster's rules, or has a fault of its own.</returns>
    /// <exception cref="ArgumentException">The entry is not the next, or there are no secrets.</exception>
    public EntryResult Apply(ClusterState before, in QueueHead position, QueueEntry entry, ReadOnlySpan<Message> messages, IReadOnlyDictionary<uint, ClusterSecrets> secrets)
    {
        if (position.Count != before.Position.Count + 1) throw new ArgumentException("The entry is not the next.", nameof(position));
        if (secrets.Count == 0) throw new ArgumentException("Without secrets nothing can be executed.", nameof(secrets));
        RulesVersion rules = new ClusterStorage(before.Content).Rules;
        if (!_codes.Knows(rules)) return Fail(before, new InternalFault(position, 0, $"UnknownRules: the cluster is executed by rules {rules}, the newest of this program are {_codes.Newest}"));
        EntryExecution execution = new(this, _codes, before, position, entry, secrets);
        try
        {
            return execution.Run(messages);
        }
        catch (Exception exception)
        {
            return Fail(before, new InternalFault(position, execution.Index, Describe(exception)));
        }
    }

    /// <summary>What queries see of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="host">What they may reach beyond it.</param>
    /// <param name="root">The cluster's secrets of the first epoch in force, for keys that contracts derive; null where there are none.</param>
    public Queries.ClusterView View(ClusterState state, Pink.QueryHost host, ClusterSecrets? root) => new(this, _codes, state, host, root);

    private static EntryResult Fail(ClusterState before, InternalFault fault) => new(before, null, [], [], [], [], fault);

    /// <summary>The exception's type and where it was thrown, without its text and without paths of files.</summary>
    internal static string Describe(Exception exception)
    {
        string place = exception.StackTrace?.Split('\n')[0].Trim() ?? "nowhere";
        int file = place.IndexOf(" in ", StringComparison.Ordinal);
        return $"{exception.GetType().Name} {(file < 0 ? place : place[..file])}";
    }
}
