namespace Phala.Testing.Contracts;

/// <summary>Counts.</summary>
[ContractInterface("Counter", Error = typeof(ShapesError))]
public partial interface ICounter
{
    /// <summary>Adds to the count.</summary>
    [Command]
    uint Add(uint amount);

    /// <summary>The count.</summary>
    [Query]
    uint Count();
}
