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

    // What a fault replaced of what was built, to be put back.
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

    /// <summary>Builds the programs that run checks.</summary>
    public ProcessResult Build(IReadOnlyList<string> checks) =>
        checks.Select(Program).Distinct().Select(program => Build($"tests/{program}")).FirstOrDefault(build => build.ExitCode != 0, Success);

    /// <summary>
    /// Builds what a fault changes. A library is built alone and put wherever a program has it, which takes a few seconds. That goes for the source generator too: its tests run it on
    /// sources of their own, while the programs keep the code that the sound one made for them.
    /// </summary>
    public ProcessResult Build(Fault fault)
    {
        string?[] projects = [.. fault.Changes.Select(change => ProjectOf(change.File)).Distinct()];
        if (projects.Contains(null)) return Build(fault.Checks);
        foreach (string project in projects.Concat(projects.SelectMany(project => Embedding(project!))).Distinct().ToArray()!)
        {
            string[] products = Products(project);
            foreach (string file in products.SelectMany(Copies)) _replaced.TryAdd(file, File.ReadAllBytes(file));
            ProcessResult build = Build(project, "--no-restore", "-m:1", "-p:BuildProjectReferences=false");
            if (build.ExitCode != 0) return build;
            foreach (string product in products) Spread(product, Path.Combine(Output(Path.GetFileName(project)), product));
        }

        return Success;
    }

    /// <summary>Runs checks until the first one fails.</summary>
    /// <returns>What failed, or null where every check passed.</returns>
    public Failure? FirstFailure(IReadOnlyList<string> checks, TimeSpan limit)
    {
        // The test program joins filters of different kinds with "and": each kind has a run of its own.
        foreach (IGrouping<(string Program, string Kind), string> group in checks.GroupBy(check => (Program(check), Kind(check))))
        {
            string program = Path.Combine(Output(group.Key.Program), group.Key.Program);
            ProcessResult run = ProcessResult.Run(_root, limit, program, Arguments(group.Key.Kind, [.. group]));
            if (run.ExitCode is null) return new Failure("ran out of time", run.Output);
            // A run in which no test matched ends with zero as well: that is no failure, and the fault counts as missed.
            if (FailedTest().Match(run.Output) is { Success: true } match) return new Failure(match.Groups[1].Value, run.Output);
            if (run.ExitCode != 0) return new Failure($"{group.Key.Program} ended with {run.ExitCode}", run.Output);
        }

        return null;
    }

    /// <summary>Plants a fault, does what is to be done with it, and takes it out again.</summary>
    public T With<T>(Fault fault, Func<string?, T> action)
    {
        Dictionary<string, string> sound = [];
        try
        {
            return action(Plant(fault, sound));
        }
        finally
        {
            foreach ((string path, string source) in sound) File.WriteAllText(path, source);
            foreach ((string file, byte[] content) in _replaced) File.WriteAllBytes(file, content);
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

    private string? Plant(Fault fault, Dictionary<string, string> sound)
    {
        foreach (Change change in fault.Changes)
        {
            string path = Path.Combine(_root, change.File);
            string source = File.Exists(path) ? File.ReadAllText(path) : "";
            if (change.Apply(source, out string? problem) is not { } faulty) return problem;
            sound.TryAdd(path, source);
            File.WriteAllText(path, faulty);
        }

        return null;
    }

    /// <summary>The folder of the project that a source file belongs to, or null where it is none of the product's.</summary>
    private static string? ProjectOf(string file)
    {
        string[] parts = file.Split('/');
        int depth = Array.FindLastIndex(parts, part => part.StartsWith("Phala.", StringComparison.Ordinal) && !part.EndsWith(".cs", StringComparison.Ordinal) && !part.EndsWith(".csproj", StringComparison.Ordinal));
        return parts[0] != "src" || depth < 0 ? null : string.Join('/', parts[..(depth + 1)]);
    }

    /// <summary>The projects whose assemblies have another's within them.</summary>
    private IEnumerable<string> Embedding(string project)
    {
        string reference = $"/{Path.GetFileName(project)}.csproj\"";
        return Directory.EnumerateFiles(Path.Combine(_root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line.Contains(reference, StringComparison.Ordinal) && line.Contains("\"EmbeddedResource\"", StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(_root, Path.GetDirectoryName(file)!));
    }

    /// <summary>What a build of a project makes that a fault may change: its assembly, and how the runtime is to start it where it is a program.</summary>
    private string[] Products(string project)
    {
        string name = Path.GetFileName(project);
        string[] named = File.ReadAllText(Path.Combine(_root, project, $"{name}.csproj")).Split("<AssemblyName>");
        string assembly = named is [_, string after, ..] ? after.Split('<')[0] : name;
        return [$"{assembly}.dll", $"{assembly}.runtimeconfig.json"];
    }

    private IEnumerable<string> Copies(string product) =>
        Directory.EnumerateDirectories(Path.Combine(_root, "artifacts", "bin")).Select(folder => Path.Combine(folder, "release", product)).Where(File.Exists);

    private void Spread(string product, string built)
    {
        foreach (string copy in Copies(product).Where(copy => copy != built).ToArray()) File.Copy(built, copy, overwrite: true);
    }

    private string Output(string project) => Path.Combine(_root, "artifacts", "bin", project, "release");

    private static string Program(string check) =>
        check.StartsWith("fuzz:", StringComparison.Ordinal) ? "Phala.Fuzz" : string.Join('.', check.Split('.').Take(2));

    private static string Kind(string check) =>
        check.StartsWith("fuzz:", StringComparison.Ordinal) ? "fuzz"
        : check.EndsWith("Tests", StringComparison.Ordinal) ? "-class"
        : check.Split('.').Skip(2).Any(part => part.EndsWith("Tests", StringComparison.Ordinal)) ? "-method" : "-namespace";

    private static string[] Arguments(string kind, string[] checks) => kind == "fuzz"
        ? ["--count", "20000", .. checks.Select(check => check["fuzz:".Length..])]
        : ["-noColor", "-stopOnFail", .. checks.SelectMany(check => new[] { kind, check })];

    [GeneratedRegex(@"(Phala\.\S+?)(?:\(.*?\))? \[FAIL\]")]
    private static partial Regex FailedTest();
}
