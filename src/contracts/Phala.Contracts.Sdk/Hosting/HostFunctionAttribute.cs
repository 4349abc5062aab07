namespace Phala.Contracts.Hosting;

/// <summary>Says that a static method is a function of the host: the compiled contract imports it, and the method's body runs on .NET alone.</summary>
/// <param name="module">The import's module.</param>
/// <param name="name">The import's name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HostFunctionAttribute(string module, string name) : Attribute
{
    /// <summary>The import's module.</summary>
    public string Module { get; } = module;

    /// <summary>The import's name.</summary>
    public string Name { get; } = name;
}
