namespace Phala.Contracts;

/// <summary>Marks a partial record as an event, to be emitted with <see cref="Contract.Emit{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class EventAttribute : Attribute;
