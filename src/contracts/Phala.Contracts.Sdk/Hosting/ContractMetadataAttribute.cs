namespace Phala.Contracts.Hosting;

/// <summary>A contract's description in the way of ink!, written by the source generator: everything but what depends on the compiled code.</summary>
/// <param name="contract">The contract's class.</param>
/// <param name="json">The description: JSON of ink!'s metadata, version 5, without <c>source</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ContractMetadataAttribute(Type contract, string json) : Attribute
{
    /// <summary>The contract's class.</summary>
    public Type Contract { get; } = contract;

    /// <summary>The description.</summary>
    public string Json { get; } = json;
}
