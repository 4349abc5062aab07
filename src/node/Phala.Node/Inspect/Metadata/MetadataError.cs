namespace Phala.Node.Inspect.Metadata;

/// <summary>Why bytes are no metadata that can be read.</summary>
public enum MetadataError
{
    /// <summary>They can.</summary>
    None = 0,

    /// <summary>They do not begin with <c>meta</c>.</summary>
    NoMetadata,

    /// <summary>They are of a version before 14, which describes no types, or of one that this program does not know.</summary>
    UnsupportedVersion,

    /// <summary>They break off, or are not what the version prescribes.</summary>
    BadEncoding,

    /// <summary>A type's number is not its place in the list.</summary>
    BadTypeId,
}
