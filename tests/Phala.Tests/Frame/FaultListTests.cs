using Phala.Faults;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Frame;

/// <summary>Planted faults must follow the code: one that no longer applies would be missed silently.</summary>
public sealed class FaultListTests
{
    private const int FewestPerSuite = 20;

    [Fact]
    public void EveryPlantedFaultAppliesExactlyOnce()
    {
        List<string> problems = [];
        foreach (Fault fault in FaultSuite.ReadAll(Repository.Root).SelectMany(suite => suite.Faults))
        {
            problems.AddRange(fault.Changes.Select(Problem).OfType<string>().Select(problem => $"{fault.Name}: {problem}"));
        }

        Findings.None(problems);
    }

    [Fact]
    public void EverySuiteHasEnoughFaultsWithDistinctNames()
    {
        Assert.All(FaultSuite.ReadAll(Repository.Root), suite =>
        {
            int distinct = suite.Faults.Select(fault => fault.Name).Distinct().Count();
            Assert.Equal(suite.Faults.Count, distinct);
            Assert.True(distinct >= FewestPerSuite, $"{suite.Name} has {distinct} faults");
        });
    }

    private static string? Problem(Change change)
    {
        string path = Repository.Path(change.File);
        change.Apply(File.Exists(path) ? File.ReadAllText(path) : "", out string? problem);
        return problem ?? (change.Original.SequenceEqual(change.Replacement) ? "what takes the place of its lines is the same" : null);
    }
}
