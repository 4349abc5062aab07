namespace Phala.Contracts.Analyzers.Model;

/// <summary>How values of a type are encoded.</summary>
internal enum TypeShape
{
    /// <summary>A number, a truth value, or text.</summary>
    Primitive,

    /// <summary>32 bytes that are an account.</summary>
    AccountId,

    /// <summary>32 bytes.</summary>
    Hash,

    /// <summary>An array.</summary>
    Sequence,

    /// <summary>A value, or none.</summary>
    Option,

    /// <summary>Values in order, without names.</summary>
    Tuple,

    /// <summary>A positional record.</summary>
    Record,

    /// <summary>An enum.</summary>
    Enum,
}
