namespace Phala.Worker.Sealing;

/// <summary>Why a sealed file gives nothing.</summary>
public enum SealError
{
    /// <summary>It gives its content.</summary>
    None,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is no sealed file, or of a version that this program does not know.</summary>
    UnknownFormat,

    /// <summary>It was changed, or sealed by another machine, another program or for another purpose. Which, nobody can tell.</summary>
    NotOpened,

    /// <summary>It opened, and what is in it is not what this program writes.</summary>
    BadContent,
}
