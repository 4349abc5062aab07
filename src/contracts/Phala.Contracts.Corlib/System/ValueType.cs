namespace System;

public abstract class ValueType
{
    // In an object nothing is known of the fields of a struct but their bytes, so what it has none of itself ends the call.
    public override bool Equals(object obj)
    {
        Runtime.Faults.Defaults();
        return false;
    }

    public override int GetHashCode()
    {
        Runtime.Faults.Defaults();
        return 0;
    }
}
