namespace System;

/// <summary>A number with names, in an object.</summary>
public abstract class Enum : ValueType
{
    public override bool Equals(object obj) =>
        obj != null && System.Runtime.Machine.NumberOf(this) == System.Runtime.Machine.NumberOf(obj) && System.Runtime.Machine.BoxedBits(this) == System.Runtime.Machine.BoxedBits(obj);

    public override int GetHashCode() => System.Runtime.Machine.BoxedBits(this).GetHashCode();

    public override string ToString() => System.Runtime.Machine.BoxedName(this);

    public bool HasFlag(Enum flag)
    {
        if (flag == null) throw new ArgumentNullException("flag");
        if (System.Runtime.Machine.NumberOf(this) != System.Runtime.Machine.NumberOf(flag)) throw new ArgumentException("The argument type is not the same as the enum type.");
        long wanted = System.Runtime.Machine.BoxedBits(flag);
        return (System.Runtime.Machine.BoxedBits(this) & wanted) == wanted;
    }
}
