namespace System.Runtime.CompilerServices;

public sealed class IndexerNameAttribute : System.Attribute
{
    public IndexerNameAttribute(string indexerName)
    {
    }
}
