namespace Phala.Conformance.Wasm;

/// <summary>What the run of a script came to.</summary>
internal sealed class ScriptReport
{
    /// <summary>Assertions and commands that held.</summary>
    public int Passed { get; set; }

    /// <summary>Assertions on the text format, which this engine does not read.</summary>
    public int TextOnly { get; set; }

    /// <summary>Excluded assertions, as <c>script:line</c>.</summary>
    public List<string> Excluded { get; } = [];

    /// <summary>What did not hold.</summary>
    public List<string> Failures { get; } = [];
}
