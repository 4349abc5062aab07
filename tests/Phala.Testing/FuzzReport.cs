using System.Globalization;

namespace Phala.Testing;

/// <summary>What a run of a <see cref="FuzzTarget"/> covered.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Inputs">How many inputs were run.</param>
/// <param name="PassedOuter">How many got past the outermost check.</param>
/// <param name="Accepted">How many were accepted whole; none where every mutant is false, as with signatures.</param>
/// <param name="Valid">How many of the corpus were accepted as they are; a target that refuses them all refuses everything.</param>
/// <param name="Errors">How often each error case was reached.</param>
/// <param name="Failure">What went wrong, or null.</param>
public sealed record FuzzReport(string Target, long Inputs, long PassedOuter, long Accepted, long Valid, IReadOnlyDictionary<string, long> Errors, string? Failure)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string errors = string.Join(", ", Errors.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
        string head = string.Create(CultureInfo.InvariantCulture, $"{Target}: {Inputs} inputs, {PassedOuter} past the outermost check, {Accepted} accepted, {Valid} of the corpus; {errors}");
        return Failure is null ? head : $"{head}\nFAILED: {Failure}";
    }
}
