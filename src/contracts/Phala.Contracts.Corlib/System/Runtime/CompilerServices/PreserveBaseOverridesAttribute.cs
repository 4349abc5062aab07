namespace System.Runtime.CompilerServices;

public sealed class PreserveBaseOverridesAttribute : System.Attribute
{
}
