using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Phala.Terminal;

/// <summary>Options that are numbers within bounds.</summary>
public static class OptionRange
{
    /// <summary>Refuses numbers outside bounds, and says which there are.</summary>
    /// <param name="option">The option.</param>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest.</param>
    public static Option<T> Within<T>(this Option<T> option, T least, T most)
        where T : struct, INumber<T>
    {
        option.Validators.Add(result =>
        {
            // What is no number at all, the parser refuses itself.
            bool isNumber = result.Tokens.Count == 1 && T.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out T value) && (value < least || value > most);
            if (isNumber) result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is a number from {least} to {most}."));
        });
        return option;
    }
}
