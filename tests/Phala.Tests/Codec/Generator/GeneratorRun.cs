using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Phala.Codec;
using Phala.Codec.Generator;

namespace Phala.Tests.Codec.Generator;

/// <summary>Runs the generator on source text.</summary>
internal static class GeneratorRun
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path.EndsWith("netstandard.dll", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Scale).Assembly.Location),
    ];

    /// <summary>A compilation of one file.</summary>
    internal static CSharpCompilation Compile(string source, string path = "Sample.cs") => CSharpCompilation.Create(
        "Sample",
        [CSharpSyntaxTree.ParseText(source, Parse, path, Encoding.UTF8)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A driver that records its steps.</summary>
    internal static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ScaleGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated files, what the generator reports, and what the compiler then says of everything together.</summary>
    internal static (ImmutableArray<GeneratedSourceResult> Files, ImmutableArray<Diagnostic> Reported, ImmutableArray<Diagnostic> Compiled) Run(string source)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out Compilation output, out ImmutableArray<Diagnostic> reported);
        ImmutableArray<Diagnostic> compiled = [.. output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        return (driver.GetRunResult().Results.Single().GeneratedSources, reported, compiled);
    }
}
