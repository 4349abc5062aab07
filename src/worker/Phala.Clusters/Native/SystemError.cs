using Phala.Codec;

namespace Phala.Clusters.Native;

/// <summary>Why the system contract did not do what it was asked.</summary>
[Scale("system::Error")]
public enum SystemError : byte
{
    /// <summary>The caller may not.</summary>
    PermisionDenied = 0,

    /// <summary>There is no such driver.</summary>
    DriverNotFound = 1,

    /// <summary>There is no such code.</summary>
    CodeNotFound = 2,

    /// <summary>A condition is not met.</summary>
    ConditionNotMet = 3,
}
