using System.Globalization;
using System.Text;
using Phala.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Tests.Node.Storage;

/// <summary>What a <see cref="ChainStore"/> is to be, without a disk and without haste.</summary>
internal sealed class NaiveChain
{
    private readonly Dictionary<Hash256, StoredBlock> _blocks = [];
    private readonly SortedDictionary<uint, (string Bytes, bool ChangesSet)> _justifications = [];
    private readonly SortedDictionary<string, string> _auxiliary = new(StringComparer.Ordinal);

    /// <summary>A chain with its first block.</summary>
    public NaiveChain(StoredBlock genesis)
    {
        _blocks.Add(genesis.Hash, genesis);
        Best = Finalized = genesis;
    }

    private NaiveChain(NaiveChain other)
    {
        _blocks = new Dictionary<Hash256, StoredBlock>(other._blocks);
        _justifications = new SortedDictionary<uint, (string, bool)>(other._justifications);
        _auxiliary = new SortedDictionary<string, string>(other._auxiliary, StringComparer.Ordinal);
        (Best, Finalized) = (other.Best, other.Finalized);
    }

    /// <summary>The best block.</summary>
    public StoredBlock Best { get; private set; }

    /// <summary>The finalized head.</summary>
    public StoredBlock Finalized { get; private set; }

    /// <summary>All blocks, lower ones first.</summary>
    public IEnumerable<StoredBlock> Blocks => _blocks.Values.OrderBy(block => block.Number).ThenBy(block => block.Hash.ToString(), StringComparer.Ordinal);

    /// <summary>A chain of its own that is equal.</summary>
    public NaiveChain Copy() => new(this);

    /// <summary>As <see cref="ChainStore.Import"/>; the state root is taken as right.</summary>
    public ImportOutcome Import(StoredBlock block, bool isBest)
    {
        if (_blocks.ContainsKey(block.Hash)) return ImportOutcome.AlreadyKnown;
        if (!_blocks.TryGetValue(block.ParentHash, out StoredBlock? parent)) return ImportOutcome.UnknownParent;
        if (!IsAtOrAbove(parent, Finalized)) return ImportOutcome.BehindFinalized;
        if (block.Number != parent.Number + 1) return ImportOutcome.WrongNumber;
        _blocks.Add(block.Hash, block);
        if (isBest) Best = block;
        return ImportOutcome.Imported;
    }

    /// <summary>As <see cref="ChainStore.TrySetBest"/>.</summary>
    public bool TrySetBest(Hash256 hash)
    {
        bool sets = _blocks.TryGetValue(hash, out StoredBlock? block) && IsAtOrAbove(block, Finalized);
        if (sets) Best = block!;
        return sets;
    }

    /// <summary>As <see cref="ChainStore.Finalize(Hash256, byte[], bool)"/>.</summary>
    public FinalizeOutcome Finalize(Hash256 hash, byte[]? justification, bool changesSet)
    {
        if (!_blocks.TryGetValue(hash, out StoredBlock? block) || (!IsAtOrAbove(block, Finalized) && !IsAtOrAbove(Finalized, block))) return FinalizeOutcome.NotAboveFinalized;
        FinalizeOutcome outcome = IsAtOrAbove(Finalized, block) ? FinalizeOutcome.AlreadyFinalized : FinalizeOutcome.Finalized;
        if (justification is not null)
        {
            bool changed = _justifications.TryGetValue(block.Number, out (string Bytes, bool ChangesSet) before) && before.ChangesSet;
            _justifications[block.Number] = (Convert.ToHexString(justification), changed || changesSet);
        }

        if (outcome == FinalizeOutcome.AlreadyFinalized) return outcome;
        Finalized = block;
        if (!IsAtOrAbove(Best, block)) Best = block;
        StoredBlock[] losers = [.. Blocks.Where(other => !IsAtOrAbove(other, block) && !IsAtOrAbove(block, other))];
        foreach (StoredBlock loser in losers) _blocks.Remove(loser.Hash);

        return outcome;
    }

    /// <summary>As <see cref="ChainStore.PutAuxiliary"/>.</summary>
    public void PutAuxiliary(byte[] key, byte[]? value)
    {
        if (value is null) _auxiliary.Remove(Convert.ToHexString(key));
        else _auxiliary[Convert.ToHexString(key)] = Convert.ToHexString(value);
    }

    /// <summary>Everything that can be asked for, as text; states from this number on.</summary>
    public string Describe(uint firstState, IEnumerable<byte[]> keys)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"best {Best.Hash} finalized {Finalized.Hash}");
        foreach (StoredBlock block in Blocks)
        {
            string body = string.Join(',', block.Extrinsics.Select(Convert.ToHexString)), state = block.Number >= firstState ? block.StateRoot.ToString() : "pruned";
            string children = string.Join(',', Blocks.Where(child => child.ParentHash == block.Hash).Select(child => child.Hash));
            bool isFinal = IsAtOrAbove(Finalized, block);
            string justification = isFinal && _justifications.TryGetValue(block.Number, out (string Bytes, bool ChangesSet) kept) ? kept.Bytes : "none";
            text.AppendLine(CultureInfo.InvariantCulture, $"{block.Number} {block.Hash} {Convert.ToHexString(block.Header.Span)} [{body}] {state} [{children}] {IsAtOrAbove(Best, block)} {justification}");
        }

        foreach ((uint number, (string Bytes, bool ChangesSet) kept) in _justifications)
        {
            if (kept.ChangesSet) text.AppendLine(CultureInfo.InvariantCulture, $"set change {number} {kept.Bytes}");
        }

        foreach (byte[] key in keys) text.AppendLine(CultureInfo.InvariantCulture, $"aux {Convert.ToHexString(key)} {_auxiliary.GetValueOrDefault(Convert.ToHexString(key), "none")}");
        return text.ToString();
    }

    /// <summary>The same of a store.</summary>
    public static string Describe(ChainStore store, IEnumerable<byte[]> keys)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"best {store.Best.Hash} finalized {store.Finalized.Hash}");
        uint last = store.Leaves.Max(leaf => leaf.Number);
        for (uint number = 0; number <= last; number++)
        {
            foreach (Hash256 hash in Sorted(store.HashesAt(number))) text.AppendLine(Describe(store, number, hash));
        }

        for (uint from = 0; store.TryGetSetChange(from, out uint number, out byte[]? bytes); from = number + 1)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"set change {number} {Convert.ToHexString(bytes)}");
        }

        foreach (byte[] key in keys)
        {
            string value = store.TryGetAuxiliary(key, out byte[]? bytes) ? Convert.ToHexString(bytes) : "none";
            text.AppendLine(CultureInfo.InvariantCulture, $"aux {Convert.ToHexString(key)} {value}");
        }

        return text.ToString();
    }

    private static string Describe(ChainStore store, uint number, Hash256 hash)
    {
        _ = store.TryGetHeader(hash, out byte[]? header);
        _ = store.TryGetBody(hash, out byte[][]? body);
        string state = store.StateAt(hash, out StateSnapshot? snapshot) == StateLookup.Pruned ? "pruned" : snapshot!.Root.ToString();
        string extrinsics = string.Join(',', body!.Select(Convert.ToHexString)), children = string.Join(',', Sorted(store.Children(hash)));
        string justification = store.TryGetJustification(hash, out byte[]? bytes) ? Convert.ToHexString(bytes) : "none";
        return $"{number} {hash} {Convert.ToHexString(header!)} [{extrinsics}] {state} [{children}] {store.IsCanonical(hash)} {justification}";
    }

    private static IEnumerable<Hash256> Sorted(IEnumerable<Hash256> hashes) => hashes.OrderBy(hash => hash.ToString(), StringComparer.Ordinal);

    private bool IsAtOrAbove(StoredBlock block, StoredBlock other)
    {
        StoredBlock at = block;
        while (at.Number > other.Number) at = _blocks[at.ParentHash];
        return at.Hash == other.Hash;
    }
}
