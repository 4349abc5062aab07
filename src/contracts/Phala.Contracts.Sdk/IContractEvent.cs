namespace Phala.Contracts;

/// <summary>An event. The source generator writes what it demands.</summary>
public interface IContractEvent
{
    /// <summary>Hands the event to the host.</summary>
    void Deposit();
}
