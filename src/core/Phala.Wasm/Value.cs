using System.Globalization;
using Phala.Wasm.Binary;

namespace Phala.Wasm;

/// <summary>A value as it crosses the border between host and guest.</summary>
public readonly struct Value : IEquatable<Value>
{
    private Value(ValueKind kind, ulong bits, object? reference)
    {
        Kind = kind;
        Bits = bits;
        Reference = reference;
    }

    /// <summary>The type.</summary>
    public ValueKind Kind { get; }

    /// <summary>A number's bits, 32-bit ones in the low half; zero for references.</summary>
    public ulong Bits { get; }

    /// <summary>A reference's target or null: a <see cref="Function"/> for <see cref="ValueKind.FuncRef"/>.</summary>
    public object? Reference { get; }

    /// <summary>A 32-bit integer.</summary>
    public static Value OfI32(int value) => new(ValueKind.I32, (uint)value, null);

    /// <summary>A 64-bit integer.</summary>
    public static Value OfI64(long value) => new(ValueKind.I64, (ulong)value, null);

    /// <summary>A 32-bit number.</summary>
    public static Value OfF32(float value) => new(ValueKind.F32, BitConverter.SingleToUInt32Bits(value), null);

    /// <summary>A 64-bit number.</summary>
    public static Value OfF64(double value) => new(ValueKind.F64, BitConverter.DoubleToUInt64Bits(value), null);

    /// <summary>A reference to a function, or null.</summary>
    public static Value OfFunction(Function? function) => new(ValueKind.FuncRef, 0, function);

    /// <summary>A reference to something of the host, or null.</summary>
    public static Value OfExternal(object? target) => new(ValueKind.ExternRef, 0, target);

    /// <summary>A value by its bits (numbers) or target (references).</summary>
    public static Value Of(ValueKind kind, ulong bits, object? reference = null) => new(kind, bits, reference);

    /// <summary>The value as 32-bit integer.</summary>
    public int AsI32() => (int)Bits;

    /// <summary>The value as 64-bit integer.</summary>
    public long AsI64() => (long)Bits;

    /// <summary>The value as 32-bit number.</summary>
    public float AsF32() => BitConverter.UInt32BitsToSingle((uint)Bits);

    /// <summary>The value as 64-bit number.</summary>
    public double AsF64() => BitConverter.UInt64BitsToDouble(Bits);

    /// <inheritdoc/>
    public bool Equals(Value other) => Kind == other.Kind && Bits == other.Bits && ReferenceEquals(Reference, other.Reference);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(((int)Kind * 31) + Bits.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() =>
        Kind.IsReference() ? $"{Kind}:{Reference ?? "null"}" : string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Bits:x}");

    /// <summary>Whether the two are the same value.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);
}
