namespace System.Runtime.CompilerServices;

public sealed class ExtensionAttribute : System.Attribute
{
}
