using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Phala.Faults;

/// <summary>A copy of the sources in which faults are planted, one at a time.</summary>
public sealed partial class Workspace : IDisposable
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    // Style does not decide whether a fault is caught; without it a build takes half as long.
    private static readonly string[] BuildOptions =
        ["-c", "Release", "-v", "q", "-nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:EnforceCodeStyleInBuild=false"];

    private static readonly ProcessResult Success = new(0, "");

    private readonly string _root;

    // What a fault replaced beside the programs, to be put back.
    private readonly Dictionary<string, byte[]> _replaced = [];

    private Workspace(string root) => _root = root;

    /// <summary>Copies the tracked and the new files of a repository into a fresh temporary folder.</summary>
    public static Workspace Copy(string source, string folder)
    {
        ProcessResult files = ProcessResult.Run(source, BuildLimit, "git", "ls-files", "-co", "--exclude-standard");
        if (files.ExitCode != 0) throw new InvalidOperationException($"git ls-files failed: {files.Output}");
        foreach (string file in files.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string from = Path.Combine(source, file), to = Path.Combine(folder, file);
            if (!File.Exists(from)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to, overwrite: true);
        }

        return new Workspace(folder);
    }

    /// <summary>Builds the programs that run a suite's checks.</summary>
    public ProcessResult Build(FaultSuite suite) =>
        suite.Checks.Select(Program).Distinct().Select(program => Build($"tests/{program}")).FirstOrDefault(build => build.ExitCode != 0, Success);

    /// <summary>
    /// Builds what a fault changes. A library is built alone and put beside the programs, which takes a few seconds. That goes for the source generator too: its tests run it on
    /// sources of their own, while the programs keep the code that the sound one made for them.
    /// </summary>
    public ProcessResult Build(FaultSuite suite, Fault fault)
    {
        string[] parts = fault.File.Split('/');
        int depth = Array.FindLastIndex(parts, part => part.StartsWith("Phala.", StringComparison.Ordinal) && !part.EndsWith(".cs", StringComparison.Ordinal));
        if (parts[0] != "src" || depth < 0) return Build(suite);

        ProcessResult build = Build(string.Join('/', parts[..(depth + 1)]), "--no-restore", "-p:BuildProjectReferences=false");
        if (build.ExitCode != 0) return build;
        string assembly = AssemblyOf(Path.Combine(_root, Path.Combine(parts[..(depth + 1)]), $"{parts[depth]}.csproj"));
        foreach (string program in suite.Checks.Select(Program).Distinct())
        {
            string target = Path.Combine(Output(program), assembly);
            _replaced[target] = File.ReadAllBytes(target);
            File.Copy(Path.Combine(Output(parts[depth]), assembly), target, overwrite: true);
        }

        return Success;
    }

    /// <summary>The file that a project becomes: its own name, unless the project says another.</summary>
    private static string AssemblyOf(string project)
    {
        string named = File.ReadAllText(project).Split("<AssemblyName>") is [_, string after, ..] ? after.Split('<')[0] : Path.GetFileNameWithoutExtension(project);
        return $"{named}.dll";
    }

    /// <summary>Runs a suite's checks until the first one fails.</summary>
    /// <returns>What caught the fault, or null where every check passed.</returns>
    public string? FirstFailure(FaultSuite suite, TimeSpan limit)
    {
        // The test program joins filters of different kinds with "and": each kind has a run of its own.
        foreach (IGrouping<(string Program, string Kind), string> group in suite.Checks.GroupBy(check => (Program(check), Kind(check))))
        {
            string program = Path.Combine(Output(group.Key.Program), group.Key.Program);
            ProcessResult run = ProcessResult.Run(_root, limit, program, Arguments(group.Key.Kind, [.. group]));
            if (run.ExitCode is null) return "ran out of time";
            // A run in which no test matched ends with zero as well: that is no failure, and the fault counts as missed.
            if (FailedTest().Match(run.Output) is { Success: true } match) return match.Groups[1].Value;
            if (run.ExitCode != 0) return $"{group.Key.Program} ended with {run.ExitCode}";
        }

        return null;
    }

    /// <summary>Plants a fault, does what is to be done with it, and takes it out again.</summary>
    public T With<T>(Fault fault, Func<string?, T> action)
    {
        string path = Path.Combine(_root, fault.File);
        string source = File.Exists(path) ? File.ReadAllText(path) : "";
        string? faulty = fault.Apply(source, out string? problem);
        if (faulty is not null) File.WriteAllText(path, faulty);
        try
        {
            return action(problem);
        }
        finally
        {
            if (faulty is not null) File.WriteAllText(path, source);
            foreach ((string target, byte[] assembly) in _replaced) File.WriteAllBytes(target, assembly);
            _replaced.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException exception)
        {
            Debug.WriteLine(exception);
        }
    }

    private ProcessResult Build(string project, params IEnumerable<string> more) => ProcessResult.Run(_root, BuildLimit, "dotnet", ["build", project, .. BuildOptions, .. more]);

    private string Output(string project) => Path.Combine(_root, "artifacts", "bin", project, "release");

    private static string Program(string check) =>
        check.StartsWith("fuzz:", StringComparison.Ordinal) ? "Phala.Fuzz" : string.Join('.', check.Split('.').Take(2));

    private static string Kind(string check) =>
        check.StartsWith("fuzz:", StringComparison.Ordinal) ? "fuzz" : check.EndsWith("Tests", StringComparison.Ordinal) ? "-class" : "-namespace";

    private static string[] Arguments(string kind, string[] checks) => kind == "fuzz"
        ? ["--count", "20000", .. checks.Select(check => check["fuzz:".Length..])]
        : ["-noColor", "-stopOnFail", .. checks.SelectMany(check => new[] { kind, check })];

    [GeneratedRegex(@"(Phala\.\S+?)(?:\(.*?\))? \[FAIL\]")]
    private static partial Regex FailedTest();
}
