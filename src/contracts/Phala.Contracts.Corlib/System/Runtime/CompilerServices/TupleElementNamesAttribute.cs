namespace System.Runtime.CompilerServices;

public sealed class TupleElementNamesAttribute : System.Attribute
{
    public TupleElementNamesAttribute(string[] transformNames)
    {
    }
}
