using System.Globalization;

namespace Phala.LoadGenerator.Pipeline;

/// <summary>What is said of every load of a network.</summary>
internal static class PipelineReport
{
    /// <summary>The processor time of one operation, by program.</summary>
    public static void PrintProcessorTime(IReadOnlyDictionary<string, TimeSpan> before, IReadOnlyDictionary<string, TimeSpan> after, TimeSpan own, int count, string operation)
    {
        IEnumerable<string> parts = after.Select(program => string.Create(CultureInfo.InvariantCulture, $"{program.Key} {(program.Value - before.GetValueOrDefault(program.Key)).TotalMicroseconds / count:F0} µs"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time of a {operation}: {string.Join(", ", parts)}, generator {own.TotalMicroseconds / count:F0} µs"));
    }
}
