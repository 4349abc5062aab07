using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Phala.Contracts.Compiler;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>Compiles C# in process, as a contract's project does.</summary>
internal static class CSharp
{
    /// <summary>What every compiled program has: the attributes that the compiler looks for, and a handler that tells the host the message.</summary>
    public const string Prelude = """
        global using System;
        global using System.Collections.Generic;
        global using System.Numerics;
        global using System.Runtime.CompilerServices;
        global using System.Text;
        global using Phala.Contracts.Hosting;

        namespace Phala.Contracts.Hosting
        {
            [AttributeUsage(AttributeTargets.Method)]
            internal sealed class ContractExportAttribute(string name) : Attribute { public string Name => name; }

            [AttributeUsage(AttributeTargets.Method)]
            internal sealed class HostFunctionAttribute(string module, string name) : Attribute { public string Module => module; public string Name => name; }

            [AttributeUsage(AttributeTargets.Method)]
            internal sealed class RevertHandlerAttribute : Attribute;

            internal static class Host
            {
                [HostFunction("test", "revert")]
                private static void Revert(int message) => throw new InvalidOperationException();

                [HostFunction("test", "note")]
                internal static void Note(int value) => Notes.Add(value);

                internal static readonly List<int> Notes = new();

                [RevertHandler]
                internal static unsafe void OnThrow(string message)
                {
                    fixed (char* text = message) Revert((int)text);
                }
            }
        }
        """;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "Microsoft.CSharp.dll")
            .Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>An assembly with symbols, from sources that must compile.</summary>
    public static AssemblyInput Compile(string name, params (string Path, string Text)[] sources) => Compile(name, [], sources);

    public static AssemblyInput Compile(string name, IEnumerable<AssemblyInput> others, params (string Path, string Text)[] sources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8), Parse, source.Path)),
            [.. References, .. others.Select(static other => MetadataReference.CreateFromImage(other.Image))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, deterministic: true));
        using MemoryStream image = new(), symbols = new();
        EmitResult result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success) throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        return new AssemblyInput([.. image.ToArray()], [.. symbols.ToArray()]);
    }

    /// <summary>The assembly for .NET.</summary>
    public static Assembly Load(AssemblyInput input) => Assembly.Load([.. input.Image]);
}
