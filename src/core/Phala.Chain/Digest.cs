using System.Diagnostics.CodeAnalysis;
using Phala.Codec;

namespace Phala.Chain;

/// <summary>What consensus and light clients read in a header.</summary>
/// <param name="Logs">The items in order.</param>
[Scale("sp_runtime::generic::digest::Digest")]
public readonly partial record struct Digest(Vec<DigestItem> Logs)
{
    /// <summary>The last item, where it is a seal.</summary>
    public bool TryGetSeal([NotNullWhen(true)] out DigestItem.Seal? seal)
    {
        seal = Logs.Length == 0 ? null : Logs[Logs.Length - 1] as DigestItem.Seal;
        return seal is not null;
    }

    /// <summary>A digest with one more item.</summary>
    public Digest With(DigestItem item) => new([.. Logs.AsSpan(), item]);

    /// <summary>A digest without its last item.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Digest WithoutLast() =>
        Logs.Length == 0 ? throw new InvalidOperationException("The digest is empty.") : new(Vec.Create(Logs.AsSpan()[..^1]));
}
