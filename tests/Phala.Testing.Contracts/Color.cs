namespace Phala.Testing.Contracts;

/// <summary>A color.</summary>
public enum Color : byte
{
    /// <summary>The first.</summary>
    Red = 0,

    /// <summary>The next.</summary>
    Green = 1,

    /// <summary>Far away.</summary>
    Blue = 7,
}
