using Phala.Codec;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What vouches for a worker's hardware and program.</summary>
[Scale("phala_types::AttestationProvider")]
public enum AttestationProvider : byte
{
    /// <summary>Root registered it without any.</summary>
    Root = 0,

    /// <summary>Intel's attestation service, which has ended.</summary>
    Ias = 1,

    /// <summary>A quote by Intel's data center attestation.</summary>
    Dcap = 2,

    /// <summary>Nothing: the worker says of itself what it runs. For development alone.</summary>
    InsecureDev = 64,
}
