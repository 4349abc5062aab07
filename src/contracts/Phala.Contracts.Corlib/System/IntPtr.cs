namespace System;

/// <summary>A number as large as an address: 32 bits in contracts.</summary>
public readonly struct IntPtr : IEquatable<nint>
{
    public static readonly nint Zero;

    public bool Equals(nint other) => this == other;

    public override bool Equals(object obj) => obj is nint other && this == other;

    public override int GetHashCode() => (int)this;

    public override string ToString() => Number.FromInt64((int)this);
}
