namespace MyContract;

/// <summary>Why a call failed.</summary>
public enum GuestbookError : byte
{
    /// <summary>The book is somebody else's.</summary>
    NotYours,

    /// <summary>An entry has some text.</summary>
    NothingWritten,
}
