using System.Collections.Immutable;

namespace Phala.Contracts.Compiler;

/// <summary>What became of a compilation.</summary>
/// <param name="Module">The WebAssembly module; empty if there are diagnostics.</param>
/// <param name="Diagnostics">What stands in the way, in the order of files and lines.</param>
/// <param name="Functions">Functions with the bytes of their code, largest first.</param>
public sealed record CompilationResult(ImmutableArray<byte> Module, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<(string Name, int Bytes)> Functions)
{
    /// <summary>Whether there is a module.</summary>
    public bool Succeeded => Diagnostics.IsEmpty;
}
