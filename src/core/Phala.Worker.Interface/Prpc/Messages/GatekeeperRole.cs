namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What part a worker has among the gatekeepers.</summary>
public enum GatekeeperRole
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>It is in office, and waits for the key.</summary>
    Dummy = 1,

    /// <summary>It is in office and has the key.</summary>
    Active = 2,
}
