namespace Phala.Client.Contracts.Ink;

/// <summary>A constructor or a message.</summary>
/// <param name="Label">Its name, such as <c>flip</c> or <c>PSP22::transfer</c>.</param>
/// <param name="Selector">What an input for it begins with, 4 bytes.</param>
/// <param name="Parameters">Its arguments in order.</param>
/// <param name="ReturnType">The id of what it returns; null for nothing.</param>
/// <param name="Mutates">Whether it may change something. A constructor does.</param>
/// <param name="IsPayable">Whether it takes tokens.</param>
public sealed record ContractFunction(string Label, ReadOnlyMemory<byte> Selector, IReadOnlyList<ContractParameter> Parameters, int? ReturnType, bool Mutates, bool IsPayable);
