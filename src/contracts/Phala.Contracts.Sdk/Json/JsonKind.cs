namespace Phala.Contracts.Json;

/// <summary>What a value of JSON is.</summary>
public enum JsonKind
{
    /// <summary>Names and values.</summary>
    Object,

    /// <summary>Values in order.</summary>
    Array,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Nothing.</summary>
    Null,
}
