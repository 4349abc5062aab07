using System.Security.Cryptography;
using System.Text;
using Phala.Testing.Wasm.Interpreter;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Differential;

/// <summary>
/// Runs random modules on the interpreter and in every mode of the engine: optimized on several threads that compile the same module at the same
/// time, optimized once more when everything is compiled, and not optimized. All must show the same results, traps, fuel and final state.
/// </summary>
public sealed class DifferentialRun
{
    private const int ModulesAtATime = 20;

    // Memory and tables small enough that growth meets the limits.
    private static readonly ResourceLimits Limits = new() { MemoryPages = 4, TableElements = 100, StackBytes = 256 << 10 };

    private readonly List<Divergence> _divergences = [];
    private readonly HashSet<Opcode> _executed = [];
    private readonly HashSet<OracleTrap> _ends = [];
    private readonly MemoryPool _pool = new(64 << 20);
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly int _threads;

    private DifferentialRun(int threads) => _threads = threads;

    /// <summary>Where the engine was not as the interpreter; at most one for each module and variant.</summary>
    public IReadOnlyList<Divergence> Divergences => _divergences;

    /// <summary>The instructions that the interpreter executed.</summary>
    public IReadOnlySet<Opcode> Executed => _executed;

    /// <summary>The ways in which calls ended.</summary>
    public IReadOnlySet<OracleTrap> Ends => _ends;

    /// <summary>How many calls there were.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them were on modules that were loaded where floating point is forbidden.</summary>
    public int CallsWithoutFloats { get; private set; }

    /// <summary>A digest of the engine's traces, to be compared between processes.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>Runs the modules of these seeds.</summary>
    public static DifferentialRun Of(IEnumerable<int> seeds, int threads)
    {
        DifferentialRun run = new(threads);
        foreach (int[] some in seeds.Chunk(ModulesAtATime)) run.RunSome(some);
        run.Digest = Convert.ToHexStringLower(run._digest.GetHashAndReset());
        return run;
    }

    private void RunSome(int[] seeds)
    {
        List<DifferentialCase> cases = [.. seeds.Select(seed => DifferentialCase.Make(seed, Limits))];
        foreach (DifferentialCase each in cases)
        {
            _executed.UnionWith(each.Oracle.Executed);
            _ends.UnionWith(each.Oracle.Ends);
            Calls += each.Plan.Calls.Count;
            if (!each.Optimized.Settings.AllowFloats) CallsWithoutFloats += each.Plan.Calls.Count;
        }

        GuestThreads.Run(_threads, Limits, () => cases.ForEach(each => Compare(each, each.Optimized, $"optimized on {_threads} threads")));
        GuestThreads.Run(1, Limits, () =>
        {
            foreach (DifferentialCase each in cases)
            {
                foreach (string line in Compare(each, each.Optimized, "optimized")) _digest.AppendData(Encoding.UTF8.GetBytes(line));
                Compare(each, each.Unoptimized, "not optimized");
            }
        });
    }

    private IReadOnlyList<string> Compare(DifferentialCase each, Module module, string variant)
    {
        IReadOnlyList<string> trace = EngineRun.Trace(each.Module, module, each.Plan, _pool);
        if (Divergence.Between(each.Module, variant, each.Oracle.Trace, trace) is { } divergence)
        {
            lock (_divergences) _divergences.Add(divergence);
        }

        return trace;
    }
}
