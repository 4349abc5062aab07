namespace Phala.Tests.Cli;

/// <summary>Takes what a program says, and tells when it says something in particular.</summary>
/// <param name="awaited">What.</param>
internal sealed class AwaitedWriter(string awaited) : StringWriter
{
    private readonly TaskCompletionSource<string> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first line that has it.</summary>
    public Task<string> Awaited => _said.Task;

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(awaited, StringComparison.Ordinal) == true) _said.TrySetResult(value);
    }
}
