namespace System.Globalization;

/// <summary>The one culture of contracts: the invariant one.</summary>
public sealed class CultureInfo : IFormatProvider
{
    public static CultureInfo InvariantCulture => null;

    public static CultureInfo CurrentCulture => null;
}
