using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Phala.Contracts;
using Phala.Contracts.Analyzers;
using Phala.Contracts.Analyzers.Analysis;

namespace Phala.Tests.Contracts;

/// <summary>Runs the generator and the analyzer of contracts on source text.</summary>
internal static class RuleRun
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path.EndsWith("netstandard.dll", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Contract).Assembly.Location),
    ];

    /// <summary>A compilation of one file.</summary>
    internal static CSharpCompilation Compile(string source, string path = "Sample.cs") => CSharpCompilation.Create(
        "Sample",
        [CSharpSyntaxTree.ParseText(source, Parse, path, Encoding.UTF8)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A driver that records its steps.</summary>
    internal static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ContractGenerator().AsSourceGenerator()], parseOptions: Parse, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What generator and analyzer report, and what the compiler says of everything together.</summary>
    internal static async Task<(ImmutableArray<Diagnostic> Reported, ImmutableArray<Diagnostic> Compiled)> RunAsync(string source, CancellationToken cancellation)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out Compilation output, out ImmutableArray<Diagnostic> generated, cancellation);
        ImmutableArray<Diagnostic> analyzed = await output.WithAnalyzers([new ContractAnalyzer()]).GetAnalyzerDiagnosticsAsync(cancellation);
        return ([.. generated, .. analyzed], [.. output.GetDiagnostics(cancellation).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)]);
    }
}
