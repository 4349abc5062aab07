using System.Text.Json;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Wasm.Differential;

/// <summary>The interpreter and the engine against implementations that others wrote, on random modules that behave the same everywhere.</summary>
public sealed class ForeignEngineTests(ITestOutputHelper output)
{
    [Fact]
    public void V8DoesAsTheInterpreterAndTheEngineDo()
    {
        PortableRun[] runs = [.. Enumerable.Range(2_000_000, 300).Select(seed => new PortableRun(seed))];
        string[] answers = NodeJs.Run("wasm.mjs", string.Join('\n', runs.Select(run => $"{Convert.ToBase64String(run.Module.Bytes)} {string.Join(' ', run.Module.Entries)}"))).TrimEnd().Split('\n');
        Assert.Equal(runs.Length, answers.Length);
        Findings.None(runs.Zip(answers).Select(pair => pair.First.Compare("V8", Outcomes(pair.Second))).OfType<string>());
        Findings.None(runs.Select(run => run.Compare("the engine without fuel", run.OnEngine())).OfType<string>());
        ReportAndDemandVariety(runs);
    }

    [Fact]
    public void WabtsInterpreterDoesAsOursDoes()
    {
        PortableRun[] runs = [.. Enumerable.Range(3_000_000, 150).Select(seed => new PortableRun(seed))];
        Findings.None(runs.Select(run => run.Compare("wasm-interp", WasmInterp.Run(run.Module))).OfType<string>());
        ReportAndDemandVariety(runs);
    }

    private void ReportAndDemandVariety(PortableRun[] runs)
    {
        int calls = runs.Sum(run => run.Expected.Count - 1), completed = runs.Sum(run => run.Expected.Skip(1).Count(end => end.Trap == 0));
        output.WriteLine($"{runs.Length} modules, {calls} calls, {completed} completed");
        Assert.InRange(completed, calls / 2, calls - 10);
    }

    private static string[] Outcomes(string json) =>
        [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(outcome => outcome.ValueKind == JsonValueKind.String
            ? outcome.GetString()!
            : PortableRun.Text(outcome.EnumerateArray().Select(result => result.GetString()!)))];
}
