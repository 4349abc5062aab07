namespace Phala.Wasm;

/// <summary>How a call into a guest ended. After anything but <see cref="Completed"/> results are not written; memory keeps what was done before.</summary>
public enum CallOutcome
{
    /// <summary>The function returned.</summary>
    Completed = 0,

    /// <summary>The guest trapped. Deterministic.</summary>
    Trapped,

    /// <summary>The fuel did not suffice for the next segment. Deterministic; no fuel is left.</summary>
    OutOfFuel,

    /// <summary>A host function failed with a value. As deterministic as the host function.</summary>
    HostFailed,

    /// <summary>Somebody asked the run to stop. Not deterministic: the run says nothing about the guest.</summary>
    Stopped,

    /// <summary>The engine or machine gave out: physical stack, memory, or a fault in the engine. Not deterministic: the run says nothing about the guest.</summary>
    InternalFault,
}
