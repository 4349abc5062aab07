namespace System.Reflection;

public sealed class DefaultMemberAttribute : System.Attribute
{
    public DefaultMemberAttribute(string memberName)
    {
    }
}
