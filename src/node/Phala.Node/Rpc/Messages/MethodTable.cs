using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Phala.Node.Rpc.Messages;

/// <summary>The methods of a running server, found by the bytes of their names.</summary>
internal sealed class MethodTable
{
    private readonly Dictionary<byte[], MethodEntry> _entries;
    private readonly Dictionary<byte[], MethodEntry>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public MethodTable(IEnumerable<RpcMethod> methods)
    {
        _entries = methods.Select((method, index) => new MethodEntry(method, index)).ToDictionary(entry => Encoding.UTF8.GetBytes(entry.Method.Name), Utf8NameComparer.Instance);
        _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The methods' names, each at the place that its entry tells.</summary>
    public IReadOnlyList<string> Names => [.. _entries.Values.OrderBy(entry => entry.Index).Select(entry => entry.Method.Name)];

    /// <summary>Finds the method that a request names.</summary>
    /// <param name="name">The name as it stands in the request, possibly with escapes.</param>
    /// <param name="entry">The method.</param>
    public bool TryFind(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out MethodEntry entry)
    {
        if (_lookup.TryGetValue(name, out entry)) return true;
        return name.Contains((byte)'\\') && JsonEscapes.TryResolve(name, out byte[] resolved) && _entries.TryGetValue(resolved, out entry);
    }
}
