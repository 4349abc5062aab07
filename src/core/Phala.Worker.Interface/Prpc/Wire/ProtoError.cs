namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>What can be wrong with the bytes of a message.</summary>
public enum ProtoError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They end within a field.</summary>
    Truncated,

    /// <summary>A number takes more than ten bytes, or more bits than its type has.</summary>
    BadNumber,

    /// <summary>A field has the number 0, a number above 2²⁹ − 1, or a wire type that is none.</summary>
    BadTag,

    /// <summary>A field is encoded as another type.</summary>
    WrongType,

    /// <summary>A text is not UTF-8.</summary>
    BadText,

    /// <summary>Messages are nested too deeply.</summary>
    TooDeep,

    /// <summary>The text is no JSON object, or a field of it has a value of another type.</summary>
    BadJson,
}
