using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>Why a request was not sent, or its answer not read.</summary>
[Scale]
public enum HttpFailure : byte
{
    /// <summary>The URL is none.</summary>
    InvalidUrl = 0,

    /// <summary>The method is none.</summary>
    InvalidMethod = 1,

    /// <summary>A header's name is none.</summary>
    InvalidHeaderName = 2,

    /// <summary>A header's value is none.</summary>
    InvalidHeaderValue = 3,

    /// <summary>The worker can send nothing.</summary>
    FailedToCreateClient = 4,

    /// <summary>It took too long.</summary>
    Timeout = 5,

    /// <summary>It is not for this contract, in this call or to this address.</summary>
    NotAllowed = 6,

    /// <summary>There are more requests than may be sent at once.</summary>
    TooManyRequests = 7,

    /// <summary>The answer broke off. A server that can't be reached is an answer with status 523.</summary>
    NetworkError = 8,

    /// <summary>The answer is too long.</summary>
    ResponseTooLarge = 9,

    /// <summary>The request or the answer has too many headers, or too long ones.</summary>
    TooManyHeaders = 10,
}
