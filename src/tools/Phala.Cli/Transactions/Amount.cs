using System.Globalization;
using Phala.Runtime.Interface;

namespace Phala.Cli.Transactions;

/// <summary>Amounts as people write them: PHA with up to 12 decimals.</summary>
internal static class Amount
{
    private const int Decimals = 12;

    /// <summary>Reads an amount such as <c>1.5</c> into units of 10⁻¹² PHA.</summary>
    public static bool TryRead(string text, out UInt128 units)
    {
        units = 0;
        string[] parts = text.Split('.');
        if (parts.Length > 2 || parts[0].Length == 0) return false;
        string fraction = parts.Length == 2 ? parts[1] : "";
        if (fraction.Length > Decimals || (parts.Length == 2 && fraction.Length == 0)) return false;
        if (!UInt128.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 whole) || whole > UInt128.MaxValue / Balances.Pha - 1) return false;
        if (fraction.Length > 0 && !ulong.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return false;
        units = (whole * Balances.Pha) + ulong.Parse(fraction.PadRight(Decimals, '0'), CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Writes an amount with its unit.</summary>
    public static string Text(UInt128 units)
    {
        UInt128 whole = units / Balances.Pha;
        string fraction = ((ulong)(units % Balances.Pha)).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0').TrimEnd('0');
        return $"{whole.ToString(CultureInfo.InvariantCulture)}{(fraction.Length == 0 ? "" : "." + fraction)} PHA";
    }
}
