namespace Phala.Contracts.Hosting;

/// <summary>Marks the method that ends a call when an exception is thrown: it takes the exception's message.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RevertHandlerAttribute : Attribute;
