namespace Phala.Runtime.Interface.Apis;

/// <summary>A group of questions that the runtime answers outside of blocks.</summary>
/// <param name="Name">The name, whose hash stands in the runtime's version.</param>
/// <param name="Version">The version: clients ask only where they know it.</param>
/// <param name="Docs">What it is for.</param>
/// <param name="Methods">The questions.</param>
public sealed record RuntimeApiShape(string Name, uint Version, string Docs, IReadOnlyList<RuntimeApiMethod> Methods)
{
    /// <summary>The name by which clients call a method, such as <c>Core_version</c>.</summary>
    public string CallName(RuntimeApiMethod method) => $"{Name}_{method.Name}";
}
