using System.Globalization;

namespace Phala.Testing;

/// <summary>Feeds a target with mutants and reports what was reached and what went wrong.</summary>
public static class FuzzRun
{
    /// <summary>Runs a target on <paramref name="count"/> inputs made from <paramref name="seed"/>.</summary>
    public static FuzzReport Run(FuzzTarget target, int count, int seed)
    {
        Mutator mutator = new(seed);
        SortedDictionary<string, long> reached = new(StringComparer.Ordinal);
        long passed = 0, accepted = 0;
        long valid = target.Corpus.LongCount(input => target.Run(input.ToArray()).Error is null);

        for (int number = 0; number < count; number++)
        {
            byte[] input = mutator.Next(target.Corpus);
            FuzzOutcome outcome;
            try
            {
                outcome = Measured(target, input, out long allocated);

                // What is set up once for the process (names of an enum, a table) is not the input's cost.
                if (allocated > target.AllocationBound(input.Length)) outcome = Measured(target, input, out allocated);
                if (allocated > target.AllocationBound(input.Length))
                {
                    return Failed(target, number, seed, input, $"allocated {allocated} bytes, bound {target.AllocationBound(input.Length)}");
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return Failed(target, number, seed, input, exception.ToString());
            }

            if (outcome.PassedOuter) passed++;
            if (outcome.Error is null) accepted++;
            else reached[outcome.Error] = reached.GetValueOrDefault(outcome.Error) + 1;
        }

        return new FuzzReport(target.Name, count, passed, accepted, valid, reached, Shortfall(target, count, passed, valid, reached));
    }

    private static FuzzOutcome Measured(FuzzTarget target, byte[] input, out long allocated)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        FuzzOutcome outcome = target.Run(input);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return outcome;
    }

    private static string? Shortfall(FuzzTarget target, int count, long passed, long valid, IDictionary<string, long> reached)
    {
        if (valid == 0) return "no input is accepted, not even of the corpus as it is";
        if (passed * 2 < count) return $"only {passed} of {count} inputs passed the outermost check";
        string[] missing = [.. target.Errors.Where(error => !reached.ContainsKey(error))];
        string[] unknown = [.. reached.Keys.Where(error => !target.Errors.Contains(error))];
        if (missing.Length > 0) return $"error cases never reached: {string.Join(", ", missing)}";
        if (unknown.Length > 0) return $"error cases that the target does not list: {string.Join(", ", unknown)}";
        return null;
    }

    private static FuzzReport Failed(FuzzTarget target, int number, int seed, byte[] input, string what) =>
        new(target.Name, number, 0, 0, 0, new SortedDictionary<string, long>(StringComparer.Ordinal),
            string.Create(CultureInfo.InvariantCulture, $"input {number} of seed {seed}: {Convert.ToHexStringLower(input)}\n{what}"));
}
