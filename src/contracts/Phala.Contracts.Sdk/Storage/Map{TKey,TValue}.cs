using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Phala.Contracts.Hosting;

namespace Phala.Contracts.Storage;

/// <summary>Values by keys that stay from call to call. Each is stored by itself; nobody can list the keys.</summary>
/// <remarks>Declared as a partial property of the contract; the source generator writes what is abstract here. A key takes at most 124 bytes.</remarks>
/// <typeparam name="TKey">What values are found by.</typeparam>
/// <typeparam name="TValue">What they are.</typeparam>
/// <param name="key">Where they are stored.</param>
public abstract class Map<TKey, TValue>(uint key)
{
    /// <summary>A key's value. Reading gives what values are at first where there is none: zero, false, the empty text, the empty array, null. Null is nothing: setting it is <see cref="Remove"/>.</summary>
    public TValue this[TKey at]
    {
        get
        {
            Decoder? stored = Host.Get(KeyOf(at), Size);
            return stored is null ? Absent() : Decode(stored);
        }

        set
        {
            if (IsNothing(value))
            {
                Remove(at);
                return;
            }

            Encoder content = new(Size < 0 ? 32 : Size);
            Encode(content, value);
            Host.Set(KeyOf(at), content);
        }
    }

    /// <summary>Whether there is a key's value, which is not null.</summary>
    public bool Contains(TKey at) => Host.Contains(KeyOf(at));

    /// <summary>Finds a key's value.</summary>
    public bool TryGet(TKey at, [MaybeNullWhen(false)] out TValue value)
    {
        Decoder? stored = Host.Get(KeyOf(at), Size);
        if (stored is null)
        {
            value = default;
            return false;
        }

        value = Decode(stored);
        return true;
    }

    /// <summary>Forgets a key's value.</summary>
    /// <returns>False where there was none.</returns>
    public bool Remove(TKey at) => Host.Clear(KeyOf(at));

    /// <summary>How many bytes each value takes; negative where they differ.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract int Size { get; }

    /// <summary>Writes a key.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void EncodeKey(Encoder output, TKey at);

    /// <summary>Reads a value.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract TValue Decode(Decoder input);

    /// <summary>Writes a value.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Encode(Encoder output, TValue value);

    /// <summary>Whether a value is stored by storing nothing.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual bool IsNothing(TValue value) => false;

    /// <summary>What a value is before it is set.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract TValue Absent();

    private Encoder KeyOf(TKey at)
    {
        Encoder output = new(36);
        output.WriteUInt32(key);
        EncodeKey(output, at);
        if (output.Length > Keys.Longest) Entry.Revert("A key of a map is too long.");
        return output;
    }
}
