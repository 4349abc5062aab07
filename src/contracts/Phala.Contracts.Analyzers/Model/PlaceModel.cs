namespace Phala.Contracts.Analyzers.Model;

/// <summary>Where a type is declared.</summary>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Keyword">What it is declared with, such as <c>record struct</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record PlaceModel(string Namespace, string Keyword, string Name)
{
    /// <summary>Its full name.</summary>
    internal string FullName => Namespace.Length == 0 ? "global::" + Name : $"global::{Namespace}.{Name}";

    /// <summary>The name of the file that is generated for it.</summary>
    internal string HintName => (Namespace.Length == 0 ? Name : $"{Namespace}.{Name}") + ".g.cs";
}
