namespace System.Runtime.CompilerServices;

public sealed class CompilerFeatureRequiredAttribute : System.Attribute
{
    public CompilerFeatureRequiredAttribute(string featureName)
    {
    }
}
