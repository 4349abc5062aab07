using System.Globalization;
using Phala.Testing.Wasm.Generator;
using Phala.Testing.Wasm.Interpreter;
using Phala.Wasm;
using Xunit;

namespace Phala.Tests.Wasm.Differential;

/// <summary>A portable module with what the interpreter makes of its instantiation and of each entry in turn.</summary>
internal sealed class PortableRun
{
    public PortableRun(int seed)
    {
        Module = ModuleGenerator.Generate(seed, GeneratorOptions.ForForeignEngines);
        // Enough that it never runs out.
        OracleStore store = new(ResourceLimits.Default, 1L << 60);
        Expected.Add(OracleInstance.Instantiate(store, Module.Definition, [], out OracleInstance? instance));
        if (instance is not null) Expected.AddRange(Module.Entries.Select(entry => instance.Call(entry)));
    }

    public GeneratedModule Module { get; }

    /// <summary>How the instantiation and the calls ended.</summary>
    public List<OracleOutcome> Expected { get; } = [];

    /// <summary>Results as a text, numbers in decimal without sign.</summary>
    public static string Text(IEnumerable<string> results) => $"[{string.Join(' ', results)}]";

    /// <summary>What differs first, or null. Another implementation's outcomes are texts of results or of its message for a trap.</summary>
    public string? Compare(string who, IReadOnlyList<string> actual)
    {
        if (actual.Count != Expected.Count) return $"seed {Module.Seed}: {who} has {actual.Count} outcomes, not {Expected.Count}";
        for (int i = 0; i < actual.Count; i++)
        {
            OracleOutcome expected = Expected[i];
            string results = Text(expected.Results.Select(value => value.Bits.ToString(CultureInfo.InvariantCulture)));
            bool same = expected.Trap == OracleTrap.None ? actual[i] == results : ForeignTrap.Means(actual[i], expected.Trap);
            if (!same) return $"seed {Module.Seed}, outcome {i}: expected {expected.Trap} {results}, {who} says {actual[i]}";
        }

        return null;
    }

    /// <summary>The outcomes on the engine without metering.</summary>
    public IReadOnlyList<string> OnEngine()
    {
        Assert.True(Phala.Wasm.Module.TryLoad(Module.Bytes, ModuleSettings.Default with { Metered = false }, out Module? module, out ModuleError error), error.ToString());
        using Store store = new();
        InstantiationResult made = module!.Instantiate(store, new Imports());
        List<string> outcomes = [Text(made.Run, [])];
        if (made.Instance is not { } instance) return outcomes;
        foreach (string entry in Module.Entries)
        {
            Assert.True(instance.TryGetFunction(entry, out Function? function));
            Value[] results = new Value[function!.Type.Results.Length];
            outcomes.Add(Text(function.Call([], results), results));
        }

        return outcomes;
    }

    private static string Text(CallResult result, Value[] results) =>
        result.IsCompleted ? Text(results.Select(value => value.Bits.ToString(CultureInfo.InvariantCulture))) : result.Trap.ToString();
}
