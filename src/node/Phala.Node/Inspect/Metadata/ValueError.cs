namespace Phala.Node.Inspect.Metadata;

/// <summary>Why bytes are no value of a type.</summary>
public enum ValueError
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>They break off, or are not what the type prescribes.</summary>
    BadEncoding,

    /// <summary>The metadata has no type of this number.</summary>
    UnknownType,

    /// <summary>The type is one that has no encoding: the compact form of something else than an integer, or bits in an order that does not exist.</summary>
    BadType,

    /// <summary>Few bytes stand for a great many values.</summary>
    TooMany,
}
