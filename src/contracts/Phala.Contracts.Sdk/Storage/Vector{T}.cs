using System.ComponentModel;
using Phala.Contracts.Hosting;

namespace Phala.Contracts.Storage;

/// <summary>Values in order that stay from call to call. Each is stored by itself, so that reading or writing one costs the same however many there are.</summary>
/// <remarks>Declared as a partial property of the contract; the source generator writes what is abstract here.</remarks>
/// <typeparam name="T">What they are.</typeparam>
/// <param name="key">Where they are stored.</param>
public abstract class Vector<T>(uint key)
{
    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            Decoder? stored = Host.Get(Keys.Of(key), sizeof(int));
            return stored is null ? 0 : stored.ReadInt32();
        }
    }

    /// <summary>A value by its place, from 0.</summary>
    public T this[int index]
    {
        get
        {
            Decoder? stored = Host.Get(Keys.Of(key, index), Size);
            if (stored is null) Entry.Revert("There is no such element.");
            return Decode(stored!);
        }

        set
        {
            if (index < 0 || index >= Count) Entry.Revert("There is no such element.");
            Write(index, value);
        }
    }

    /// <summary>Adds a value at the end.</summary>
    public void Add(T value)
    {
        int count = Count;
        Write(count, value);
        SetCount(count + 1);
    }

    /// <summary>Takes the last value away.</summary>
    public void RemoveLast()
    {
        int count = Count;
        if (count == 0) Entry.Revert("There is no such element.");
        Host.Clear(Keys.Of(key, count - 1));
        SetCount(count - 1);
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        int count = Count;
        for (int index = 0; index < count; index++) Host.Clear(Keys.Of(key, index));
        Host.Clear(Keys.Of(key));
    }

    /// <summary>How many bytes each value takes; negative where they differ.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract int Size { get; }

    /// <summary>Reads a value.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract T Decode(Decoder input);

    /// <summary>Writes a value.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Encode(Encoder output, T value);

    private void Write(int index, T value)
    {
        Encoder content = new(Size < 0 ? 32 : Size);
        Encode(content, value);
        Host.Set(Keys.Of(key, index), content);
    }

    private void SetCount(int count)
    {
        Encoder content = new(sizeof(int));
        content.WriteInt32(count);
        Host.Set(Keys.Of(key), content);
    }
}
