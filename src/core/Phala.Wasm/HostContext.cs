namespace Phala.Wasm;

/// <summary>What a host function sees of the guest that calls it.</summary>
public sealed class HostContext
{
    internal HostContext(Instance instance) => Instance = instance;

    /// <summary>The instance whose import was called.</summary>
    public Instance Instance { get; }

    /// <summary>The world of the run: fuel and the stop flag.</summary>
    public Store Store => Instance.Store;

    /// <summary>The memory of the instance, imported or its own, or null.</summary>
    public LinearMemory? Memory => Instance._memory;

    /// <summary>Lets the run end as <see cref="CallOutcome.HostFailed"/> with this code when the host function returns.</summary>
    public void Fail(int code) => Store.HostFailure = code;

    /// <summary>Takes fuel for the host function's work. If there is not so much, returns false and the run ends as <see cref="CallOutcome.OutOfFuel"/> when the host function returns.</summary>
    public bool TryCharge(long amount)
    {
        if (Store.TryCharge(amount)) return true;
        Store.HostOutOfFuel = true;
        return false;
    }
}
