namespace Phala.Contracts.Compiler;

/// <summary>How to compile.</summary>
public sealed record CompilationOptions
{
    /// <summary>Pages of 64 KiB that a call's memory may grow to.</summary>
    public int MemoryPages { get; init; } = 16;
}
