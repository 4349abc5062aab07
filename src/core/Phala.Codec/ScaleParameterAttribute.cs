namespace Phala.Codec;

/// <summary>
/// Gives a type marked with <see cref="ScaleAttribute"/> a type parameter in metadata that it lacks in C#: clients look some types up by their parameters, such as that of
/// events by <c>EventRecord</c>'s first.
/// </summary>
/// <param name="name">The parameter's name.</param>
/// <param name="argument">The argument, a type that is its own codec.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class ScaleParameterAttribute(string name, Type argument) : Attribute
{
    /// <summary>The parameter's name.</summary>
    public string Name { get; } = name;

    /// <summary>The argument.</summary>
    public Type Argument { get; } = argument;
}
