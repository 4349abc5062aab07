namespace System.Runtime.CompilerServices;

public sealed class ScopedRefAttribute : System.Attribute
{
}
