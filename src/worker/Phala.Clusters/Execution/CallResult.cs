namespace Phala.Clusters.Execution;

/// <summary>What a call of a contract gave.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Output">What it returned; empty unless it returned or reverted.</param>
/// <param name="IsRefused">Whether no code was run: the fault is the caller's.</param>
public readonly record struct CallResult(CallStatus Status, ReadOnlyMemory<byte> Output, bool IsRefused = false)
{
    /// <summary>Whether what the call changed stays.</summary>
    public bool IsKept => Status == CallStatus.Returned;

    /// <summary>A call that returned.</summary>
    public static CallResult Return(ReadOnlyMemory<byte> output) => new(CallStatus.Returned, output);

    /// <summary>A call that returned and asks that what it changed be undone.</summary>
    public static CallResult Revert(ReadOnlyMemory<byte> output) => new(CallStatus.Reverted, output);

    /// <summary>A call that was not begun.</summary>
    public static CallResult Refuse(CallStatus status) => new(status, default, IsRefused: true);

    /// <summary>A call that gave nothing.</summary>
    public static CallResult Fail(CallStatus status) => new(status, default);
}
