using Phala.Wasm;

namespace Phala.Testing.Wasm;

/// <summary>A limit with modules that use exactly as much as is asked for.</summary>
/// <param name="Property">The property of <see cref="ResourceLimits"/>.</param>
/// <param name="Error">What one too many leads to.</param>
/// <param name="Limit">Reads the limit.</param>
/// <param name="Make">Makes a module that uses this much.</param>
public sealed record LimitCase(string Property, ModuleError Error, Func<ResourceLimits, int> Limit, Func<int, byte[]> Make)
{
    public override string ToString() => $"{Property} ({Error})";
}
