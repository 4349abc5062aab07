namespace Phala.Contracts;

/// <summary>Marks the class that is the assembly's contract: sealed, partial, derived from <see cref="Contracts.Contract"/> or <see cref="Contract{TError}"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ContractAttribute : Attribute;
