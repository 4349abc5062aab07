using Phala.Client.Clusters;
using Phala.Worker.Interface.Contracts;

namespace Phala.Client.Contracts;

/// <summary>What the vault answered.</summary>
/// <typeparam name="T">What it returns.</typeparam>
/// <param name="Value">What it returned, where there is no error.</param>
/// <param name="Error">Why it did not.</param>
/// <param name="Answer">The verified answer that says so.</param>
public sealed record VaultAnswer<T>(T? Value, VaultError? Error, VerifiedAnswer Answer);
