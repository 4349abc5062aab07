using System.Collections.Immutable;

namespace Phala.Contracts.Compiler;

/// <summary>An assembly to compile.</summary>
/// <param name="Image">The file's bytes.</param>
/// <param name="Symbols">Its portable PDB, empty where there is none beside it; an embedded one is found.</param>
public sealed record AssemblyInput(ImmutableArray<byte> Image, ImmutableArray<byte> Symbols);
