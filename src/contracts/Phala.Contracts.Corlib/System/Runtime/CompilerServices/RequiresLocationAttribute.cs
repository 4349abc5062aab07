namespace System.Runtime.CompilerServices;

public sealed class RequiresLocationAttribute : System.Attribute
{
}
