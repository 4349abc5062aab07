namespace System.Runtime.CompilerServices;

public sealed class IsByRefLikeAttribute : System.Attribute
{
}
