namespace System.Runtime.CompilerServices;

public sealed class IsReadOnlyAttribute : System.Attribute
{
}
