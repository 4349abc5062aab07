namespace Phala.Contracts;

/// <summary>Marks a value of an event that the event can be found by; at most three have it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TopicAttribute : Attribute;
