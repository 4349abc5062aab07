namespace Phala.Faults;

/// <summary>One planted fault: what is changed in the sources, and what must notice.</summary>
/// <param name="Name">What is wrong, in words joined by hyphens.</param>
/// <param name="Checks">Namespaces, test classes, tests, or <c>fuzz:target</c>: its own, or those of its suite.</param>
/// <param name="Changes">In the order of the list; each file once.</param>
public sealed record Fault(string Name, IReadOnlyList<string> Checks, IReadOnlyList<Change> Changes);
