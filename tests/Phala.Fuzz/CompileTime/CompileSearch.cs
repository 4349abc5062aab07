using System.Diagnostics;
using System.Globalization;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Fuzz.CompileTime;

/// <summary>
/// Climbs from random shapes to those that take the .NET compiler longest for their size. Run it long, on a processor that has nothing else to do,
/// before the thresholds of <see cref="Phala.Wasm.Compilation.FunctionSize"/> are changed: the least of a few attempts still counts what others
/// take from the caches.
/// </summary>
public sealed class CompileSearch
{
    private const int Starts = 12, Patience = 40, Attempts = 2, LastAttempts = 5, Kept = 8;

    private readonly bool _optimize;
    private readonly Random _random;
    private readonly List<(CodeShape Shape, double Score)> _worst = [];

    private CompileSearch(bool optimize, int seed)
    {
        _optimize = optimize;
        _random = new Random(seed);
    }

    /// <summary>Searches each mode for a while and prints the worst shapes with their milliseconds per KB.</summary>
    public static void Run(TimeSpan time, int seed)
    {
        foreach (bool optimize in new[] { true, false })
        {
            CompileSearch search = new(optimize, seed);
            Stopwatch clock = Stopwatch.StartNew();
            int climbs = 0;
            for (; clock.Elapsed < time; climbs++) search.Climb(clock, time);
            Console.WriteLine($"{(optimize ? "optimized" : "not optimized")}: {climbs} climbs");
            foreach ((CodeShape shape, _) in search._worst) Console.WriteLine(Describe(shape, optimize));
        }
    }

    /// <summary>Climbs a few times and gives the worst that it found.</summary>
    /// <returns>A shape with its milliseconds per KB.</returns>
    public static (CodeShape Shape, double Score) Worst(bool optimize, int climbs, int seed)
    {
        CompileSearch search = new(optimize, seed);
        for (int i = 0; i < climbs; i++) search.Climb(Stopwatch.StartNew(), TimeSpan.MaxValue);
        return search._worst[0];
    }

    /// <summary>A shape's milliseconds per KB of what its compilation is charged as, compiled as the engine decides.</summary>
    public static double Measure(CodeShape shape)
    {
        byte[] bytes = ModuleWriter.Write(ShapeModule.Of(shape));
        return CompileClock.Measure(bytes, optimize: true, LastAttempts) * 1024 / CompileClock.Load(bytes, optimize: true).Code.CompiledBytesOf(0);
    }

    private static string Describe(CodeShape shape, bool optimize)
    {
        byte[] bytes = ModuleWriter.Write(ShapeModule.Of(shape));
        Module module = CompileClock.Load(bytes, optimize);
        double milliseconds = CompileClock.Measure(bytes, optimize, LastAttempts);
        return string.Create(CultureInfo.InvariantCulture,
            $"{milliseconds * 1024 / module.Code.CompiledBytesOf(0):f2} ms/KB ({milliseconds:f2} ms; {module.Code.SizeOf(0)}; charged as {module.Code.CompiledBytesOf(0)} bytes) {shape}");
    }

    private void Climb(Stopwatch clock, TimeSpan time)
    {
        (CodeShape Shape, double Score) best = Enumerable.Range(0, Starts).Select(_ => CodeShape.Any(_random)).Select(shape => (shape, Score(shape))).MaxBy(pair => pair.Item2);
        for (int idle = 0; idle < Patience && clock.Elapsed < time; idle++)
        {
            CodeShape next = best.Shape.Mutate(_random);
            double score = Score(next);
            if (score <= best.Score * 1.02) continue;
            best = (next, score);
            idle = 0;
        }

        _worst.Add(best);
        _worst.Sort((left, right) => right.Score.CompareTo(left.Score));
        if (_worst.Count > Kept) _worst.RemoveAt(Kept);
    }

    /// <summary>Milliseconds per KB; nothing where the module is refused, or the function is not compiled in this mode.</summary>
    private double Score(CodeShape shape)
    {
        byte[] bytes = ModuleWriter.Write(ShapeModule.Of(shape));
        if (!Module.TryLoad(bytes, new ModuleSettings { Optimize = _optimize }, out Module? module, out _)) return 0;
        if (_optimize && !module!.Code.SizeOf(0).MayOptimize) return 0;
        return CompileClock.Measure(bytes, _optimize, Attempts) * 1024 / module!.Code.CompiledBytesOf(0);
    }
}
