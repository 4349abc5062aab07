namespace Phala.Contracts.Analyzers.Model;

/// <summary>A property of a contract that stays from call to call.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Modifiers">What stands before its type.</param>
/// <param name="Kind"><c>Value</c>, <c>Map</c> or <c>Vector</c>.</param>
/// <param name="Name">The name that its key follows from.</param>
/// <param name="Key">Where it is stored.</param>
/// <param name="MapKey">What a map's values are found by.</param>
/// <param name="Value">What is stored.</param>
internal sealed record StoredModel(string Property, string Modifiers, string Kind, string Name, uint Key, TypeModel? MapKey, TypeModel Value)
{
    /// <summary>Whether null is nothing stored. Not in a vector, whose elements are there, whatever they are.</summary>
    internal bool IsOptional => Kind != "Vector" && Value.Shape == TypeShape.Option;

    /// <summary>What is written where something is stored.</summary>
    internal TypeModel Content => IsOptional ? Value.Element : Value;
}
