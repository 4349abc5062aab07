using System.Security.Cryptography;

namespace Phala.Wasm;

/// <summary>
/// Keeps loaded modules, with the code that was compiled for them, by the SHA-256 of their bytes and their settings, up to a budget of module
/// bytes; the least recently used go first. Safe for use from several threads.
/// <para>Trust: equal bytes and settings give the same module, so that a cached module cannot differ from a fresh one in results or fuel.</para>
/// </summary>
public sealed class ModuleCache
{
    private readonly Dictionary<Key, LinkedListNode<(Key Key, Module Module)>> _entries = [];
    private readonly LinkedList<(Key Key, Module Module)> _byUse = new();
    private readonly Lock _lock = new();
    private readonly long _budget;

    /// <summary>Makes a cache.</summary>
    /// <param name="budgetBytes">The most bytes of modules in the binary format to keep. Compiled code takes about twenty times as much.</param>
    public ModuleCache(long budgetBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budgetBytes);
        _budget = budgetBytes;
    }

    /// <summary>Bytes of the modules that are kept now.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Finds or loads a module, as <see cref="Module.TryLoad"/> does. What does not load is not kept.</summary>
    public bool TryLoad(ReadOnlySpan<byte> bytes, ModuleSettings settings, out Module? module, out ModuleError error)
    {
        Key key = new(Convert.ToHexString(SHA256.HashData(bytes)), settings);
        error = ModuleError.None;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<(Key Key, Module Module)>? node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                module = node.Value.Module;
                return true;
            }
        }

        if (!Module.TryLoad(bytes, settings, out module, out error)) return false;
        lock (_lock) Keep(key, module!);
        return true;
    }

    private void Keep(Key key, Module module)
    {
        if (module.Size > _budget || _entries.ContainsKey(key)) return;
        _entries[key] = _byUse.AddFirst((key, module));
        HeldBytes += module.Size;
        while (HeldBytes > _budget)
        {
            (Key oldest, Module dropped) = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _entries.Remove(oldest);
            HeldBytes -= dropped.Size;
        }
    }

    private sealed record Key(string Hash, ModuleSettings Settings);
}
