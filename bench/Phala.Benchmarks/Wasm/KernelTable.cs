using System.Diagnostics;
using System.Globalization;
using Phala.Wasm;

namespace Phala.Benchmarks.Wasm;

/// <summary>
/// The kernels in this engine, in V8 and in wabt's interpreter, in one run: rounds that take turns, the least time of each. Node.js and wabt
/// must be installed; what is missing is left out.
/// </summary>
public static class KernelTable
{
    private const int Rounds = 3, Repetitions = 5;

    /// <summary>Prints the table in milliseconds, with each kernel's speed as a part of V8's.</summary>
    public static void Print()
    {
        int count = Kernel.All.Count;
        double[] metered = Worst(count), unmetered = Worst(count), v8 = Worst(count);
        for (int round = 0; round < Rounds; round++)
        {
            Measure(metered, metered: true);
            Measure(unmetered, metered: false);
            MeasureV8(v8);
        }

        Console.WriteLine("| kernel | metered | without fuel | cost of metering | V8 | speed, V8 = 1 | wasm-interp, little work | metered, little work |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        for (int i = 0; i < count; i++)
        {
            Kernel kernel = Kernel.All[i];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {kernel} | {metered[i]:f2} | {unmetered[i]:f2} | {metered[i] / unmetered[i]:f2} | {v8[i]:f2} | {v8[i] / metered[i]:f2} | {MeasureWabt(kernel):f1} | {MeasureOne(kernel, kernel.LittleWork, metered: true):f2} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"geometric means: speed {GeometricMean(v8, metered):f3} of V8, cost of metering {GeometricMean(metered, unmetered):f3}"));
    }

    private static double[] Worst(int count) => [.. Enumerable.Repeat(double.PositiveInfinity, count)];

    private static double GeometricMean(double[] dividends, double[] divisors) =>
        Math.Exp(dividends.Zip(divisors, (dividend, divisor) => Math.Log(dividend / divisor)).Average());

    private static void Measure(double[] best, bool metered)
    {
        for (int i = 0; i < best.Length; i++) best[i] = Math.Min(best[i], MeasureOne(Kernel.All[i], Kernel.All[i].Work, metered));
    }

    private static double MeasureOne(Kernel kernel, int work, bool metered)
    {
        Function function = KernelModule.Instantiate(kernel, metered);
        Value[] results = new Value[1];
        double best = double.PositiveInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            CallResult run = function.Call([Value.OfI32(work)], results);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!run.IsCompleted || (work == kernel.Work && results[0].Bits != kernel.Digest)) throw new InvalidOperationException($"{kernel}: {run} {results[0]}");
        }

        return best;
    }

    private static void MeasureV8(double[] best)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Wasm", "Kernels", "kernels.mjs");
        string[] lines = Start("node", [script, KernelModule.Path, .. Kernel.All.Select(kernel => $"{kernel.Name}:{kernel.Work}")]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] parts = lines[i].Split(' ');
            if (parts[1] != Kernel.All[i].Digest.ToString(CultureInfo.InvariantCulture)) throw new InvalidOperationException($"V8 gives {parts[1]} for {Kernel.All[i]}.");
            best[i] = Math.Min(best[i], double.Parse(parts[2], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The time of a process, less that of one that does next to nothing.</summary>
    private static double MeasureWabt(Kernel kernel)
    {
        double idle = TimeWabt(kernel with { LittleWork = 0 });
        return Math.Max(0, TimeWabt(kernel) - idle);
    }

    private static double TimeWabt(Kernel kernel)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, KernelModule.WithoutParameters(kernel));
            long start = Stopwatch.GetTimestamp();
            return Start("wasm-interp", [file, "--run-all-exports"]).Length > 0 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : double.NaN;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Start(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
