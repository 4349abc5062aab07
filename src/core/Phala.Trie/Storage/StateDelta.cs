using System.Diagnostics.CodeAnalysis;
using Phala.Codec;

namespace Phala.Trie.Storage;

/// <summary>What a block does to the state: changes to the main trie, and to child tries in the order of their names.</summary>
/// <remarks>
/// Encoded (a journal's row) as SCALE <c>(Vec&lt;(key, Option&lt;value&gt;)&gt;, Vec&lt;(name, Vec&lt;(key, Option&lt;value&gt;)&gt;)&gt;)</c>, all byte sequences.
/// Equal deltas have equal encodings, and the decoder accepts no other.
/// </remarks>
public sealed class StateDelta
{
    /// <summary>The least encoded lengths of a change and of a child trie's changes.</summary>
    private const int LeastChange = 2, LeastChild = 2;

    internal StateDelta(TrieDelta main, IReadOnlyList<ChildDelta> children)
    {
        Main = main;
        Children = children;
    }

    /// <summary>No changes.</summary>
    public static StateDelta Empty { get; } = new(TrieDelta.Empty, []);

    /// <summary>Changes to the main trie. None of them to the root of a child trie.</summary>
    public TrieDelta Main { get; }

    /// <summary>Changes to child tries, in the order of their names.</summary>
    public IReadOnlyList<ChildDelta> Children { get; }

    /// <summary>Whether there are no changes.</summary>
    public bool IsEmpty => Main.IsEmpty && Children.Count == 0;

    /// <summary>Puts changes together.</summary>
    /// <exception cref="ArgumentException">A change to the root of a child trie, a name that is too long or there twice, or a child trie without changes.</exception>
    public static StateDelta Create(TrieDelta main, params IEnumerable<ChildDelta> children)
    {
        ChildDelta[] sorted = [.. children.OrderBy(child => child.Name, KeyComparer.Instance)];
        DeltaError error = Check(main, sorted);
        if (error != DeltaError.None) throw new ArgumentException($"No delta of a state: {error}.", nameof(children));
        return new StateDelta(main, sorted);
    }

    /// <summary>The encoded form.</summary>
    public byte[] Encode()
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        try
        {
            Write(ref writer, Main);
            writer.WriteLength(Children.Count);
            foreach (ChildDelta child in Children)
            {
                writer.WriteByteSequence(child.Name);
                Write(ref writer, child.Changes);
            }

            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Decodes what <see cref="Encode"/> wrote. Any bytes give a delta or an error. Keys and values are not copied: the bytes must not change afterwards.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out StateDelta? delta, out DeltaError error)
    {
        delta = null;
        error = DeltaError.BadEncoding;
        ScaleReader reader = new(encoded.Span);
        if (!TryRead(ref reader, encoded, out TrieDelta? main) || !reader.TryReadLength(LeastChild, out int count)) return false;
        List<ChildDelta> children = [];
        for (int index = 0; index < count; index++)
        {
            if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> name) || !TryRead(ref reader, encoded, out TrieDelta? changes)) return false;
            children.Add(new ChildDelta(name.ToArray(), changes));
        }

        if (!reader.TryFinish()) return false;
        error = Check(main, children);
        if (error == DeltaError.None) delta = new StateDelta(main, children);
        return error == DeltaError.None;
    }

    private static void Write(ref ScaleWriter writer, TrieDelta delta)
    {
        writer.WriteLength(delta.Changes.Length);
        foreach (TrieChange change in delta.Changes)
        {
            writer.WriteByteSequence(change.Key.Span);
            writer.WriteBool(!change.IsRemoval);
            if (!change.IsRemoval) writer.WriteByteSequence(change.Value.Span);
        }
    }

    private static bool TryRead(ref ScaleReader reader, ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out TrieDelta? delta)
    {
        delta = null;
        if (!reader.TryReadLength(LeastChange, out int count)) return false;
        TrieChange[] changes = new TrieChange[count];
        for (int index = 0; index < count; index++)
        {
            if (!TryReadMemory(ref reader, encoded, out ReadOnlyMemory<byte> key) || !reader.TryReadOption(out bool isSome)) return false;
            ReadOnlyMemory<byte> value = default;
            if (isSome && !TryReadMemory(ref reader, encoded, out value)) return false;
            changes[index] = isSome ? TrieChange.Set(key, value) : TrieChange.Remove(key);
        }

        delta = new TrieDelta(changes);
        return true;
    }

    private static bool TryReadMemory(ref ScaleReader reader, ReadOnlyMemory<byte> encoded, out ReadOnlyMemory<byte> bytes)
    {
        bool read = reader.TryReadByteSequence(out ReadOnlySpan<byte> span);
        bytes = read ? encoded.Slice(reader.Position - span.Length, span.Length) : default;
        return read;
    }

    private static DeltaError Check(TrieDelta main, IReadOnlyList<ChildDelta> children)
    {
        DeltaError error = Check(main);
        foreach (TrieChange change in main.Changes)
        {
            if (error == DeltaError.None && ChildTries.IsRootKey(change.Key.Span)) error = DeltaError.ChildRootWritten;
        }

        for (int index = 0; index < children.Count && error == DeltaError.None; index++)
        {
            ChildDelta child = children[index];
            if (child.Name.Length > ChildTries.MaxNameLength) error = DeltaError.KeyTooLong;
            else if (child.Changes.IsEmpty) error = DeltaError.EmptyChild;
            else if (index > 0 && children[index - 1].Name.AsSpan().SequenceCompareTo(child.Name) >= 0) error = DeltaError.NotSorted;
            else error = Check(child.Changes);
        }

        return error;
    }

    private static DeltaError Check(TrieDelta delta)
    {
        ReadOnlySpan<TrieChange> changes = delta.Changes;
        for (int index = 0; index < changes.Length; index++)
        {
            if (changes[index].Key.Length > MerkleTrie.MaxKeyLength) return DeltaError.KeyTooLong;
            if (index > 0 && changes[index - 1].Key.Span.SequenceCompareTo(changes[index].Key.Span) >= 0) return DeltaError.NotSorted;
        }

        return DeltaError.None;
    }
}
