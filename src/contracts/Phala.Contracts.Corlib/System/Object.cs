namespace System;

/// <summary>The root of all types. In memory: the number of the type.</summary>
public class Object
{
    public Object()
    {
    }

    public static bool Equals(object objA, object objB) => objA == objB || (objA != null && objB != null && objA.Equals(objB));

    public static bool ReferenceEquals(object objA, object objB) => objA == objB;

    public virtual string ToString() => "";

    public virtual bool Equals(object obj) => this == obj;

    // The same in every run: objects are made in the same order.
    public virtual int GetHashCode() => System.Runtime.Machine.AddressOf(this);
}
