using System.Text;
using Phala.Codec.TypeInfo;
using Phala.Crypto.Hashing;

namespace Phala.Runtime.Interface.Storage;

/// <summary>
/// A named place in the chain's state: a value or a map of values. It says under which keys the state holds them and how they are encoded; the state itself is an argument of each access.
/// </summary>
/// <remarks>
/// <para><b>Concept.</b> A key is <c>twox128(pallet) ‖ twox128(item)</c>, followed by the hashed keys of a map. The item is the one definition that the runtime, clients, light clients and metadata share.</para>
/// <para><b>Trust.</b> Reading from a state believes that state. A light client reads through a verified proof.</para>
/// </remarks>
public abstract class StorageItem
{
    /// <summary>The length of the part of the key that names the item, in bytes.</summary>
    public const int PrefixLength = 32;

    private readonly byte[] _prefix = new byte[PrefixLength];

    private protected StorageItem(string pallet, string name, StorageModifier modifier)
    {
        (Pallet, Name, Modifier) = (pallet, name, modifier);
        Twox.Hash128(Encoding.UTF8.GetBytes(pallet), _prefix.AsSpan(0, 16));
        Twox.Hash128(Encoding.UTF8.GetBytes(name), _prefix.AsSpan(16, 16));
    }

    /// <summary>The pallet's name, which is the prefix of its storage.</summary>
    public string Pallet { get; }

    /// <summary>The item's name.</summary>
    public string Name { get; }

    /// <summary>What a missing entry means.</summary>
    public StorageModifier Modifier { get; }

    /// <summary>The key of a value, or what all keys of a map begin with: 32 bytes.</summary>
    public ReadOnlySpan<byte> Prefix => _prefix;

    /// <summary>The hashers of a map's keys, in order; none for a value.</summary>
    public abstract IReadOnlyList<Hasher> Hashers { get; }

    /// <summary>The encoding of the value that a missing entry stands for; the encoding of none where it stands for none.</summary>
    public abstract byte[] EncodedDefault();

    /// <summary>Adds the type of the key, of several keys their tuple, and returns its id. Null for a value.</summary>
    public abstract int? DescribeKey(TypeRegistryBuilder registry);

    /// <summary>Adds the type of the values and returns its id.</summary>
    public abstract int DescribeValue(TypeRegistryBuilder registry);

    /// <inheritdoc/>
    public override string ToString() => $"{Pallet}.{Name}";
}
