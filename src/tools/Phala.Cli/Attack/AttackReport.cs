using Phala.Cli.Output;

namespace Phala.Cli.Attack;

/// <summary>Tells what an attacker tried and who refused it, and remembers whether anything was not refused.</summary>
/// <param name="transcript">Where it goes.</param>
internal sealed class AttackReport(Transcript transcript)
{
    /// <summary>Whether every attempt was refused.</summary>
    public bool IsDefended { get; private set; } = true;

    /// <summary>Says what is done.</summary>
    public async Task SayAsync(string what)
    {
        await transcript.SayAsync(what).ConfigureAwait(false);
        if (what.Length > 0) await transcript.NoteAsync("step", ("what", what.Trim())).ConfigureAwait(false);
    }

    /// <summary>Tells of an attempt.</summary>
    /// <param name="what">What was tried.</param>
    /// <param name="isRefused">Whether it was refused.</param>
    /// <param name="answer">What came back.</param>
    public async Task AttemptAsync(string what, bool isRefused, string answer)
    {
        IsDefended &= isRefused;
        await transcript.SayAsync($"  {what}").ConfigureAwait(false);
        await transcript.SayAsync($"    {(isRefused ? "refused" : "NOT REFUSED")}: {answer}").ConfigureAwait(false);
        await transcript.NoteAsync("attempt", ("what", what), ("isRefused", isRefused), ("answer", answer)).ConfigureAwait(false);
    }

    /// <summary>Tells of something honest that has to succeed in spite of the attack.</summary>
    /// <param name="what">What was done.</param>
    /// <param name="isGood">Whether it succeeded.</param>
    /// <param name="answer">What came back.</param>
    public async Task HonestAsync(string what, bool isGood, string answer)
    {
        IsDefended &= isGood;
        await transcript.SayAsync($"  {what}").ConfigureAwait(false);
        await transcript.SayAsync($"    {(isGood ? "taken" : "NOT TAKEN")}: {answer}").ConfigureAwait(false);
        await transcript.NoteAsync("honest", ("what", what), ("isTaken", isGood), ("answer", answer)).ConfigureAwait(false);
    }
}
