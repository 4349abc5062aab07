namespace Phala.Testing.Contracts;

/// <summary>What can go wrong.</summary>
public enum ShapesError
{
    /// <summary>Something else is expected.</summary>
    Unexpected = 0,

    /// <summary>It is too large.</summary>
    TooLarge = 5,
}
