namespace Phala.Node.Network.Multistream;

/// <summary>Why two sides did not agree on a protocol.</summary>
internal enum MultistreamError
{
    /// <summary>They did.</summary>
    None,

    /// <summary>The stream ended.</summary>
    Ended,

    /// <summary>A message is longer than <see cref="MultistreamMessage.MaxLength"/>.</summary>
    TooLong,

    /// <summary>A message does not end with a line feed.</summary>
    NoLine,

    /// <summary>A message holds nothing, or other bytes than printable ASCII.</summary>
    NoText,

    /// <summary>The first message is not the header.</summary>
    NoHeader,

    /// <summary>The other side answered with another protocol than was asked for.</summary>
    WrongAnswer,

    /// <summary>The protocol was refused.</summary>
    NotAvailable,

    /// <summary>The other side asked for too many protocols, one after the other.</summary>
    TooManyProposals,
}
