namespace System.Runtime.CompilerServices;

public sealed class CompilerGeneratedAttribute : System.Attribute
{
}
