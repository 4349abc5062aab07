using System.Diagnostics.CodeAnalysis;
using Phala.Clusters.Execution;
using Phala.Clusters.State;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Clusters.Wasm;

/// <summary>Contracts' modules as they were used last, so that code is decoded, checked and compiled once. Safe for use from several threads.</summary>
/// <remarks><b>Invariant.</b> What is kept decides time alone: code that was dropped is read from the state again, and is the same by its hash.</remarks>
/// <param name="optimizes">Whether they are compiled with optimization.</param>
internal sealed class WasmCodes(bool optimizes)
{
    /// <summary>The most bytes of modules that are kept: more than what some clusters have prepared (<see cref="PreparedCodes.Room"/>). Compiled code takes about twenty times as much.</summary>
    private const long Budget = 32 * 1024 * 1024;

    private readonly Dictionary<(Hash256 Code, bool IsDeterministic), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private readonly Lock _lock = new();
    private long _held;

    /// <summary>Finds a cluster's code among what is kept.</summary>
    internal bool TryFind(in Hash256 code, ClusterStorage storage, [NotNullWhen(true)] out ContractCode? contract) => TryFind(KeyOf(code, storage), out contract);

    /// <summary>Finds a cluster's code, and keeps it.</summary>
    internal bool TryGet(in Hash256 code, ClusterStorage storage, [NotNullWhen(true)] out ContractCode? contract)
    {
        (Hash256 Code, bool IsDeterministic) key = KeyOf(code, storage);
        if (TryFind(key, out contract)) return true;
        bool isDeterministic = key.IsDeterministic;
        if (!storage.TryGetCodeBytes(code, out ReadOnlySpan<byte> bytes) || WasmContract.TryLoad(bytes, isDeterministic, optimizes, out WasmContract? loaded, out _) != CodeRefusal.None || loaded is null) return false;
        contract = loaded;
        lock (_lock) Keep(new Entry(key, loaded, bytes.Length));
        return true;
    }

    private static (Hash256 Code, bool IsDeterministic) KeyOf(in Hash256 code, ClusterStorage storage) => (code, storage.TryGetCode(code, out CodeRecord record) && record.Kind == ResourceType.InkCode);

    private bool TryFind((Hash256 Code, bool IsDeterministic) key, [NotNullWhen(true)] out ContractCode? contract)
    {
        contract = null;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node)) return false;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            contract = node.Value.Contract;
            return true;
        }
    }

    private void Keep(Entry entry)
    {
        if (_entries.ContainsKey(entry.Key)) return;
        _entries[entry.Key] = _byUse.AddFirst(entry);
        _held += entry.Size;
        while (_held > Budget && _byUse.Last is { } last)
        {
            _byUse.RemoveLast();
            _entries.Remove(last.Value.Key);
            _held -= last.Value.Size;
        }
    }

    private sealed record Entry((Hash256 Code, bool IsDeterministic) Key, WasmContract Contract, int Size);
}
