namespace Phala.Client.Contracts.Ink;

/// <summary>An argument of a constructor or message, or a field of an event.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The id of its type.</param>
public sealed record ContractParameter(string Name, int Type);
