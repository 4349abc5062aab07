using Xunit;

namespace Phala.Conformance.Wasm;

/// <summary>The official WebAssembly core test suite, every script optimized and unoptimized.</summary>
public sealed class CoreTestSuite(ITestOutputHelper output)
{
    private const int StackBytes = 16 << 20;

    public static TheoryData<string, bool> Scripts
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (string name in TestSuite.Names)
            {
                data.Add(name, true);
                data.Add(name, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void EveryAssertionOfTheScriptHolds(string name, bool optimize)
    {
        string json = TestSuite.Convert(name);
        ScriptReport? report = null;
        Thread thread = new(() => report = Script.Run(name, json, optimize), StackBytes);
        thread.Start();
        thread.Join();
        Directory.Delete(Path.GetDirectoryName(json)!, recursive: true);

        Assert.NotNull(report);
        output.WriteLine($"{report.Passed} passed, {report.TextOnly} on the text format only, {report.Excluded.Count} excluded");
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures));
        string[] listed = [.. Exclusions.All.Where(entry => entry.StartsWith(name + ":", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(listed, report.Excluded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NothingIsExcludedForNow() => Assert.Equal(0, Exclusions.PendingCount);
}
