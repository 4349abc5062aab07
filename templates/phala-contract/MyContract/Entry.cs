namespace MyContract;

/// <summary>What somebody wrote.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, in milliseconds since 1970.</param>
/// <param name="Text">What.</param>
public sealed record Entry(AccountId By, ulong At, string Text);
