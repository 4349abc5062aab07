namespace Phala.Codec.Generator.Model;

/// <summary>The kinds of types that have a SCALE form.</summary>
internal enum Shape
{
    /// <summary>Fields one after the other.</summary>
    Record,

    /// <summary>An abstract record whose cases are nested sealed records.</summary>
    Union,

    /// <summary>An enum of C#.</summary>
    Enum,

    /// <summary>A number of opaque bytes.</summary>
    FixedBytes,
}
