using Phala.Wasm.Binary;

namespace Phala.Wasm;

/// <summary>A global variable.</summary>
public sealed class Global
{
    // Compiled code reads and writes these fields: a number's bits, 32-bit ones in the low half, or a reference.
    internal long _bits;
    internal object? _reference;

    /// <summary>Makes a global.</summary>
    /// <param name="store">The world that it belongs to.</param>
    /// <param name="mutable">Whether guests may assign it.</param>
    /// <param name="value">Its initial value, which also gives its type.</param>
    public Global(Store store, bool mutable, Value value)
    {
        Store = store;
        Type = new GlobalType(value.Kind, mutable);
        Value = value;
    }

    /// <summary>The type.</summary>
    public GlobalType Type { get; }

    /// <summary>The value. A new one must have the global's type.</summary>
    public Value Value
    {
        get => Value.Of(Type.Kind, Type.Kind is ValueKind.I32 or ValueKind.F32 ? (uint)_bits : (ulong)_bits, _reference);
        set
        {
            if (value.Kind != Type.Kind) throw new ArgumentException("The value is not of the global's type.", nameof(value));
            if (value.Reference is Function function && value.Kind == ValueKind.FuncRef && function.Store != Store)
            {
                throw new ArgumentException("The function belongs to another store.", nameof(value));
            }

            _bits = (long)value.Bits;
            _reference = value.Reference;
        }
    }

    internal Store Store { get; }
}
