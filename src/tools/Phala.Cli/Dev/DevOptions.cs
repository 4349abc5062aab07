namespace Phala.Cli.Dev;

/// <summary>What <c>phala dev</c> is told.</summary>
/// <param name="Workers">How many workers, at least one.</param>
/// <param name="BlockMilliseconds">The length of a slot in milliseconds.</param>
/// <param name="BasePath">The folder for everybody's data; null for one that is thrown away.</param>
/// <param name="IsOnce">Whether it ends after the demonstration.</param>
/// <param name="DepositPerItem">What a stored item locks in the cluster.</param>
/// <param name="DepositPerByte">What a stored byte locks in the cluster.</param>
internal sealed record DevOptions(int Workers, ulong BlockMilliseconds, string? BasePath, bool IsOnce, ulong DepositPerItem = 0, ulong DepositPerByte = 0);
