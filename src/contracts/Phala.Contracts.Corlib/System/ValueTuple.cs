namespace System;

public readonly struct ValueTuple : IEquatable<ValueTuple>
{
    public static ValueTuple<T1, T2> Create<T1, T2>(T1 item1, T2 item2) => new ValueTuple<T1, T2>(item1, item2);

    public bool Equals(ValueTuple other) => true;

    public override bool Equals(object obj) => obj is ValueTuple;

    public override int GetHashCode() => 0;

    public override string ToString() => "()";
}
