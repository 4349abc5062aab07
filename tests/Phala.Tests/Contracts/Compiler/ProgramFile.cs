using System.Reflection;
using Phala.Contracts.Compiler;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>A file of programs, compiled once for .NET and once to WebAssembly.</summary>
internal sealed class ProgramFile
{
    private static readonly Dictionary<string, Lazy<ProgramFile>> Files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Contracts", "Compiler", "Programs"), "*.programs")
        .ToDictionary(static path => Path.GetFileNameWithoutExtension(path), static path => new Lazy<ProgramFile>(() => new ProgramFile(path)));

    private readonly Lazy<Assembly> _assembly;
    private readonly Lazy<WasmGuest> _guest;

    private ProgramFile(string path)
    {
        Programs = LanguageProgram.Read(path);
        AssemblyInput input = CSharp.Compile(
            Path.GetFileNameWithoutExtension(path), [("Prelude.cs", CSharp.Prelude), .. Programs.Select(static program => ($"{program.Export}.cs", program.Source))]);
        _assembly = new(() => CSharp.Load(input));
        _guest = new(() => new WasmGuest(input, []));
    }

    public static IEnumerable<string> Names => Files.Keys.Order(StringComparer.Ordinal);

    public LanguageProgram[] Programs { get; }

    public WasmGuest Guest => _guest.Value;

    public static ProgramFile Get(string name) => Files[name].Value;

    /// <summary>The names of a file's programs, without compiling them.</summary>
    public static IEnumerable<LanguageProgram> ProgramsOf(string name) =>
        LanguageProgram.Read(Path.Combine(AppContext.BaseDirectory, "Contracts", "Compiler", "Programs", $"{name}.programs"));

    public MethodInfo MethodOf(LanguageProgram program) => _assembly.Value.GetType($"P{program.Index}.Program", throwOnError: true)!.GetMethod("Run")!;

    /// <summary>Runs a program on .NET: its result as text, or the exception's type.</summary>
    public string RunOnDotNet(LanguageProgram program, string[] input) => Outcomes.OfDotNet(MethodOf(program), input);

    /// <summary>Runs a program as WebAssembly.</summary>
    public string RunAsWasm(LanguageProgram program, string[] input) => Guest.Run(program.Export, MethodOf(program), input);
}
