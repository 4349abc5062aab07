namespace System.Runtime.CompilerServices;

public sealed class RequiredMemberAttribute : System.Attribute
{
}
