namespace Phala.Cli.Attack;

/// <summary>Tells what an attacker tried and who refused it, and remembers whether anything was not refused.</summary>
/// <param name="output">Where it goes.</param>
internal sealed class AttackReport(TextWriter output)
{
    /// <summary>Whether every attempt was refused.</summary>
    public bool IsDefended { get; private set; } = true;

    /// <summary>Says what is done.</summary>
    public Task SayAsync(string what) => output.WriteLineAsync(what);

    /// <summary>Tells of an attempt.</summary>
    /// <param name="what">What was tried.</param>
    /// <param name="isRefused">Whether it was refused.</param>
    /// <param name="answer">What came back.</param>
    public async Task AttemptAsync(string what, bool isRefused, string answer)
    {
        IsDefended &= isRefused;
        await output.WriteLineAsync($"  {what}").ConfigureAwait(false);
        await output.WriteLineAsync($"    {(isRefused ? "refused" : "NOT REFUSED")}: {answer}").ConfigureAwait(false);
    }

    /// <summary>Tells of something honest that has to succeed in spite of the attack.</summary>
    /// <param name="what">What was done.</param>
    /// <param name="isGood">Whether it succeeded.</param>
    /// <param name="answer">What came back.</param>
    public async Task HonestAsync(string what, bool isGood, string answer)
    {
        IsDefended &= isGood;
        await output.WriteLineAsync($"  {what}").ConfigureAwait(false);
        await output.WriteLineAsync($"    {(isGood ? "taken" : "NOT TAKEN")}: {answer}").ConfigureAwait(false);
    }
}
