using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Phala.Faults;

string root = FindRoot();
IReadOnlyList<FaultSuite> all = FaultSuite.ReadAll(root);
if (!TryReadArguments(args, all, out int jobs, out List<(FaultSuite Suite, Fault Fault)> chosen)) return 2;

ConcurrentQueue<(FaultSuite Suite, Fault Fault)> work = new(chosen);
ConcurrentBag<string> missed = [];
ConcurrentDictionary<string, TimeSpan> limits = [];
int total = work.Count, done = 0;
Console.WriteLine($"{total} faults in {chosen.Select(item => item.Suite).Distinct().Count()} suites, {jobs} at a time");

Task[] workers = [.. Enumerable.Range(0, jobs).Select(_ => Task.Run(Work))];
await Task.WhenAll(workers);
Console.WriteLine(missed.IsEmpty ? $"all {total} caught" : $"{missed.Count} of {total} not caught:\n  {string.Join("\n  ", missed.Order(StringComparer.Ordinal))}");
return missed.IsEmpty ? 0 : 1;

void Work()
{
    using Workspace workspace = Workspace.Copy(root, Directory.CreateTempSubdirectory("phala-faults-").FullName);
    while (work.TryDequeue(out (FaultSuite Suite, Fault Fault) item))
    {
        (FaultSuite suite, Fault fault) = item;
        if (!limits.TryGetValue(suite.Name, out TimeSpan limit))
        {
            limit = Baseline(workspace, suite.Name, [.. chosen.Where(item => item.Suite == suite).SelectMany(item => item.Fault.Checks).Distinct()]);
            limits[suite.Name] = limit;
        }

        (bool caught, string how) = workspace.With(fault, problem => Try(workspace, fault, problem, limit));
        string line = $"{suite.Name}/{fault.Name}: {how}";
        if (!caught) missed.Add(line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{Interlocked.Increment(ref done)}/{total}] {(caught ? "caught" : "MISSED")}  {line}"));
    }
}

static (bool Caught, string How) Try(Workspace workspace, Fault fault, string? problem, TimeSpan limit)
{
    if (problem is not null) return (false, problem);
    if (workspace.Build(fault) is { ExitCode: not 0 } build) return (false, $"does not build: {FirstError(build.Output)}");
    return workspace.FirstFailure(fault.Checks, limit) is { } failure ? (true, failure.Test) : (false, "every check passed");
}

static TimeSpan Baseline(Workspace workspace, string suite, IReadOnlyList<string> checks)
{
    if (workspace.Build(checks) is { ExitCode: not 0 } build) throw new InvalidOperationException($"The sources do not build: {build.Output}");
    Stopwatch clock = Stopwatch.StartNew();
    if (workspace.FirstFailure(checks, TimeSpan.FromMinutes(20)) is { } failure) throw new InvalidOperationException($"{suite} fails without a fault: {failure.Test}\n{failure.Output}");
    return TimeSpan.FromSeconds(60) + (3 * clock.Elapsed);
}

static string FirstError(string output) => output.Split('\n').FirstOrDefault(line => line.Contains(": error", StringComparison.Ordinal), output).Trim();

static bool TryReadArguments(string[] args, IReadOnlyList<FaultSuite> all, out int jobs, out List<(FaultSuite Suite, Fault Fault)> chosen)
{
    jobs = 1;
    chosen = [];
    for (int at = 0; at < args.Length; at++)
    {
        if (args[at] == "--jobs" && at + 1 < args.Length && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out jobs) && jobs is > 0 and <= 64)
        {
            at++;
        }
        else if (Named(all, args[at]) is { Length: > 0 } named)
        {
            chosen.AddRange(named);
        }
        else
        {
            if (args[at] is not ("--help" or "-h" or "-?")) Console.Error.WriteLine($"'{args[at]}' is not understood.");
            Console.Error.WriteLine("Usage: [--jobs N] [suite | suite/fault ...]");
            Console.Error.WriteLine($"Suites: {string.Join(", ", all.Select(each => each.Name))}");
            return false;
        }
    }

    if (chosen.Count == 0) chosen.AddRange(all.SelectMany(Of));
    return true;
}

static (FaultSuite, Fault)[] Named(IReadOnlyList<FaultSuite> all, string name) =>
    [.. all.SelectMany(Of).Where(item => item.Suite.Name == name || $"{item.Suite.Name}/{item.Fault.Name}" == name)];

static IEnumerable<(FaultSuite Suite, Fault Fault)> Of(FaultSuite suite) => suite.Faults.Select(fault => (suite, fault));

static string FindRoot()
{
    for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "Phala.slnx"))) return folder.FullName;
    }

    throw new DirectoryNotFoundException("Run this from inside the repository.");
}
