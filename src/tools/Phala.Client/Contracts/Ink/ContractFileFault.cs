namespace Phala.Client.Contracts.Ink;

/// <summary>What is wrong with a contract's file, and where.</summary>
/// <param name="Error">What.</param>
/// <param name="Where">The way from the beginning, such as <c>spec.messages[2].selector</c>; empty for the whole.</param>
public sealed record ContractFileFault(ContractFileError Error, string Where)
{
    /// <inheritdoc/>
    public override string ToString() => Where.Length == 0 ? $"{Error}" : $"{Error} at {Where}";
}
