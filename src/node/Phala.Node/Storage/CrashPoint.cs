using System.Diagnostics;

namespace Phala.Node.Storage;

/// <summary>Named places where a test may end the process as a loss of power would. Calls are not compiled into Release builds.</summary>
public static class CrashPoint
{
    /// <summary>The variable of the environment that names the point to end at, and after a colon how many times it is passed before.</summary>
    public const string Variable = "PHALA_CRASH_POINT";

    /// <summary>Ends the process if this is the point.</summary>
    [Conditional("CRASH_POINTS")]
    public static void Hit(string name) => Countdown.Instance.Pass(name);

    private sealed class Countdown(string? armed)
    {
        public static readonly Countdown Instance = new(Environment.GetEnvironmentVariable(Variable));

        private readonly string? _name = armed?.Split(':')[0];
        private int _left = armed is null || !armed.Contains(':', StringComparison.Ordinal) ? 0 : int.Parse(armed.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

        public void Pass(string name)
        {
            if (name == _name && Interlocked.Decrement(ref _left) < 0) Process.GetCurrentProcess().Kill();
        }
    }
}
