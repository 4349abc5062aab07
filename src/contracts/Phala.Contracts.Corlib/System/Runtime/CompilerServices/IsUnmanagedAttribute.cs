namespace System.Runtime.CompilerServices;

public sealed class IsUnmanagedAttribute : System.Attribute
{
}
