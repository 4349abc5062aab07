using System.ComponentModel;
using Phala.Contracts.Hosting;

namespace Phala.Contracts.Storage;

/// <summary>A value that stays from call to call. It is read when it is asked for, and written when it is set.</summary>
/// <remarks>Declared as a partial property of the contract; the source generator writes what is abstract here.</remarks>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="key">Where it is stored.</param>
public abstract class Value<T>(uint key)
{
    /// <summary>Whether it was set, to something else than null.</summary>
    public bool Exists => Host.Contains(Keys.Of(key));

    /// <summary>Reads it; what it is at first where it was not set: zero, false, the empty text, the empty array, null.</summary>
    public T Get()
    {
        Decoder? stored = Host.Get(Keys.Of(key), Size);
        return stored is null ? Absent() : Decode(stored);
    }

    /// <summary>Writes it; null is nothing, and takes no room.</summary>
    public void Set(T value)
    {
        if (IsNothing(value))
        {
            Clear();
            return;
        }

        Encoder content = new(Size < 0 ? 32 : Size);
        Encode(content, value);
        Host.Set(Keys.Of(key), content);
    }

    /// <summary>Forgets it.</summary>
    public void Clear() => Host.Clear(Keys.Of(key));

    /// <summary>How many bytes each value takes; negative where they differ.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract int Size { get; }

    /// <summary>Reads a value.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract T Decode(Decoder input);

    /// <summary>Writes a value.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Encode(Encoder output, T value);

    /// <summary>Whether a value is stored by storing nothing.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual bool IsNothing(T value) => false;

    /// <summary>What it is before it is set.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract T Absent();
}
