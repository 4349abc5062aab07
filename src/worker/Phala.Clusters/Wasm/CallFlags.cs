namespace Phala.Clusters.Wasm;

/// <summary>How a contract calls another. The bits are those of ink!'s environment.</summary>
[Flags]
internal enum CallFlags : uint
{
    /// <summary>A call with input of its own.</summary>
    None = 0,

    /// <summary>The caller's input is passed on; the caller has it no more.</summary>
    ForwardInput = 1,

    /// <summary>The caller's input is passed on, and the caller keeps it.</summary>
    CloneInput = 2,

    /// <summary>What the call returns the caller returns, and does nothing more.</summary>
    TailCall = 4,

    /// <summary>The caller may be called while it waits.</summary>
    AllowReentry = 8,

    /// <summary>All of them.</summary>
    All = ForwardInput | CloneInput | TailCall | AllowReentry,
}
