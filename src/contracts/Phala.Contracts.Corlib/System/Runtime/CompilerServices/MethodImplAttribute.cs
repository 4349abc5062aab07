namespace System.Runtime.CompilerServices;

public sealed class MethodImplAttribute : System.Attribute
{
    public MethodImplAttribute(MethodImplOptions methodImplOptions)
    {
    }
}
