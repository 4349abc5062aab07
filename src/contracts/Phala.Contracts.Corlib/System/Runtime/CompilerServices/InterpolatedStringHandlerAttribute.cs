namespace System.Runtime.CompilerServices;

public sealed class InterpolatedStringHandlerAttribute : System.Attribute
{
}
