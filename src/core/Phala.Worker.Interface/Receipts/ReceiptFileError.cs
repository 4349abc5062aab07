namespace Phala.Worker.Interface.Receipts;

/// <summary>Why bytes are no receipt file.</summary>
public enum ReceiptFileError : byte
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>They do not begin as such a file does.</summary>
    NoReceipt,

    /// <summary>They are longer than any.</summary>
    TooLong,

    /// <summary>What follows the first line is not what it should be.</summary>
    Malformed,
}
