namespace Phala.Worker.Queries;

/// <summary>A contract's queries.</summary>
/// <param name="Total">How many.</param>
/// <param name="Dropped">How many were turned away.</param>
/// <param name="Milliseconds">What they took.</param>
internal readonly record struct ContractQueries(ulong Total, ulong Dropped, double Milliseconds);
