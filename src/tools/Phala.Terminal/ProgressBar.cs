using System.Globalization;

namespace Phala.Terminal;

/// <summary>
/// How far long work has come: a bar that is drawn over itself on a terminal, and otherwise a line now and then, so that log files stay readable.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="isTerminal">Whether the cursor can be moved back to the line's beginning.</param>
/// <param name="width">How many characters fit in a line.</param>
/// <param name="time">The clock, which bounds how often something is written.</param>
public sealed class ProgressBar(TextWriter output, bool isTerminal, Func<int> width, TimeProvider time) : IDisposable
{
    private const int LeastBar = 10, MostBar = 40;
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100), LineInterval = TimeSpan.FromSeconds(5);
    private long _last = time.GetTimestamp();
    private int _drawn;

    /// <summary>The bar of this program's error stream.</summary>
    public static ProgressBar OnError(TextWriter error) => new(error, TerminalFacts.IsErrorTerminal, () => TerminalFacts.Width, TimeProvider.System);

    /// <summary>Tells how far the work has come, if it was not told just before.</summary>
    /// <param name="what">What is done, such as <c>Importing blocks</c>.</param>
    /// <param name="done">How much of it.</param>
    /// <param name="total">Of how much; null where nobody knows.</param>
    public void Report(string what, long done, long? total)
    {
        if (time.GetElapsedTime(_last) < (isTerminal ? TerminalInterval : LineInterval)) return;
        _last = time.GetTimestamp();
        if (isTerminal) Draw(Fit(what, done, total, Math.Max(1, width() - 1)));
        else output.WriteLine(Text(what, done, total));
    }

    /// <summary>Takes the bar away, so that other lines can be written.</summary>
    public void Clear()
    {
        if (_drawn > 0) output.Write("\r" + new string(' ', _drawn) + "\r");
        _drawn = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private static string Text(string what, long done, long? total) => total is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"{what}: {done} of {all} ({Percent(done, all)} %)")
        : string.Create(CultureInfo.InvariantCulture, $"{what}: {done}");

    private static long Percent(long done, long all) => all <= 0 ? 100 : Math.Clamp((long)(done * 100.0 / all), 0, 100);

    /// <summary>As much as a line holds: the bar goes first, then the words.</summary>
    private static string Fit(string what, long done, long? total, int room)
    {
        string text = Text(what, done, total);
        if (total is not { } all) return Cut(text, room);
        int bar = Math.Min(MostBar, room - text.Length - 3);
        if (bar >= LeastBar)
        {
            int filled = (int)(bar * Percent(done, all) / 100);
            return $"{text} [{new string('#', filled)}{new string('-', bar - filled)}]";
        }

        return text.Length <= room ? text : Cut(string.Create(CultureInfo.InvariantCulture, $"{Percent(done, all)} %"), room);
    }

    private static string Cut(string text, int room) => text.Length <= room ? text : text[..room];

    private void Draw(string line)
    {
        output.Write("\r" + line.PadRight(_drawn));
        _drawn = line.Length;
    }
}
