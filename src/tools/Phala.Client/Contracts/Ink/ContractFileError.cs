namespace Phala.Client.Contracts.Ink;

/// <summary>Everything that can be wrong with a contract's file. <see cref="ContractFileFault.Where"/> says where.</summary>
public enum ContractFileError
{
    /// <summary>The file is no JSON in UTF-8.</summary>
    NotJson,

    /// <summary>The description is of another generation than ink! 3 (V0 to V3), 4 or 5.</summary>
    UnknownVersion,

    /// <summary>Something that every description has is not there.</summary>
    Missing,

    /// <summary>The value is of another kind than what stands there: a text, a list, an object, a truth value.</summary>
    WrongKind,

    /// <summary>The number is none, or outside its bounds.</summary>
    BadNumber,

    /// <summary>The text is no hexadecimal digits after 0x, or has not as many as it should.</summary>
    BadBytes,

    /// <summary>The id names no type of the table.</summary>
    UnknownType,

    /// <summary>The types are not numbered from 0 without a gap.</summary>
    WrongOrder,

    /// <summary>A type is of a kind that there is not.</summary>
    UnknownKind,

    /// <summary>Two messages, constructors, fields or variants have the same name, or the same selector or index.</summary>
    Duplicate,

    /// <summary>The code is not the one whose hash the file names.</summary>
    CodeMismatch,
}
