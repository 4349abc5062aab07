namespace Phala.Contracts.Testing;

/// <summary>How a test's contracts are run.</summary>
public enum TestMode
{
    /// <summary>As they are, on .NET: breakpoints stop in the author's code.</summary>
    Direct,

    /// <summary>Compiled, in the engine and with the host that workers have.</summary>
    Wasm,
}
