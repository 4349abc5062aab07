using System.Buffers.Binary;
using Phala.Chain;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Runtime.Light;

/// <summary>The module's space for what it puts together, and the constants that its functions share.</summary>
internal sealed class Scratch
{
    /// <summary>The length of what a signature implies: two versions and two hashes.</summary>
    public const int ImpliedLength = (2 * sizeof(uint)) + (2 * Hash256.Size);

    /// <summary>The length of a hashed key of a block's hash: the item's prefix, 8 bytes of hash and the number.</summary>
    public const int BlockHashKeyLength = StorageItem.PrefixLength + 8 + sizeof(uint);

    /// <summary>The length of the key of an account: the item's prefix, 16 bytes of hash and the account.</summary>
    public const int AccountKeyLength = StorageItem.PrefixLength + 16 + AccountId.Size;

    public Scratch(ModuleLayout layout, uint specVersion, Func<CallShape, DispatchInfo> infoOf)
    {
        byte[] versions = new byte[2 * sizeof(uint)], table = CallTable.Build(infoOf);
        BinaryPrimitives.WriteUInt32LittleEndian(versions, specVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(versions.AsSpan(sizeof(uint)), PhalaVersion.Transaction);
        Implied = layout.Place([.. versions, .. new byte[2 * Hash256.Size]]);
        BlockHashKey = layout.Place([.. FrameSystem.BlockHash.Prefix, .. new byte[BlockHashKeyLength - StorageItem.PrefixLength]]);
        AccountKey = layout.Place([.. FrameSystem.Account.Prefix, .. new byte[AccountKeyLength - StorageItem.PrefixLength]]);
        NoAccount = layout.PlaceSpan(FrameSystem.Account.EncodedDefault());
        NumberKey = layout.PlaceSpan(FrameSystem.Number.Prefix);
        Calls = layout.Place(table);
        CallsEnd = Calls + table.Length;
        Answer = layout.Reserve(128);
    }

    /// <summary>What the signature implies; the versions stand there already.</summary>
    public int Implied { get; }

    /// <summary>The key of a block's hash, with the prefix already there.</summary>
    public int BlockHashKey { get; }

    /// <summary>The key of an account, with the prefix already there.</summary>
    public int AccountKey { get; }

    /// <summary>The span of what stands for an account that does not exist.</summary>
    public long NoAccount { get; }

    /// <summary>The span of the key of the block's number.</summary>
    public long NumberKey { get; }

    /// <summary>The table of calls.</summary>
    public int Calls { get; }

    /// <summary>Its end.</summary>
    public int CallsEnd { get; }

    /// <summary>Room for an answer.</summary>
    public int Answer { get; }
}
