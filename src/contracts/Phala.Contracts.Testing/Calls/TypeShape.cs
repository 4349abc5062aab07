using System.Reflection;
using System.Runtime.CompilerServices;

namespace Phala.Contracts.Testing.Calls;

/// <summary>A type, and whether references of it may be null.</summary>
/// <param name="type">The type.</param>
/// <param name="nullability">What is known of its references, and of those inside of it.</param>
/// <param name="isThere">Whether it is known that there is a value.</param>
internal readonly struct TypeShape(Type type, NullabilityInfo? nullability, bool isThere = false)
{
    /// <summary>The type.</summary>
    internal Type Type { get; } = type;

    /// <summary>Whether there may be no value.</summary>
    internal bool IsOption => !isThere && (Nullable.GetUnderlyingType(Type) is not null || (!Type.IsValueType && nullability?.WriteState == NullabilityState.Nullable));

    /// <summary>What an option has inside.</summary>
    internal TypeShape Inside => new(Nullable.GetUnderlyingType(Type) ?? Type, nullability, isThere: true);

    /// <summary>What an array has inside.</summary>
    internal TypeShape Element => new(Type.GetElementType()!, nullability?.ElementType);

    /// <summary>Whether it is a tuple.</summary>
    internal bool IsTuple => Type.IsGenericType && typeof(ITuple).IsAssignableFrom(Type);

    /// <summary>What a tuple has inside.</summary>
    internal TypeShape[] Parts
    {
        get
        {
            NullabilityInfo[]? known = nullability?.GenericTypeArguments;
            return [.. Type.GetGenericArguments().Select((part, index) => new TypeShape(part, known?.ElementAtOrDefault(index)))];
        }
    }

    /// <summary>The values of a positional record in their order.</summary>
    internal IEnumerable<PropertyInfo> Positions
    {
        get
        {
            Type record = Type;
            ConstructorInfo constructor = record.GetConstructors().Where(each => each.GetParameters() is { Length: > 0 } parameters && parameters.All(parameter => record.GetProperty(parameter.Name!) is not null)).First();
            return constructor.GetParameters().Select(parameter => record.GetProperty(parameter.Name!)!);
        }
    }
}
