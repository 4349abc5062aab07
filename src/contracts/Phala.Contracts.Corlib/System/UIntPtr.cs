namespace System;

/// <summary>An unsigned number as large as an address: 32 bits in contracts.</summary>
public readonly struct UIntPtr : IEquatable<nuint>
{
    public static readonly nuint Zero;

    public bool Equals(nuint other) => this == other;

    public override bool Equals(object obj) => obj is nuint other && this == other;

    public override int GetHashCode() => (int)this;

    public override string ToString() => Number.FromUInt64((uint)this);
}
