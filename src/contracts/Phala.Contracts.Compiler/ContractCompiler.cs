using System.Runtime.ExceptionServices;
using Phala.Contracts.Compiler.Linking;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler;

/// <summary>
/// Compiles a contract's assembly, what it references and the library of contracts to one WebAssembly module.
/// <para>The way: metadata (<see cref="Reading"/>) → trees in basic blocks (<see cref="Import"/>) for everything that the entry points reach (<see cref="Linking"/>)
/// → simplified (<see cref="Optimization"/>) → nested blocks and bytes (<see cref="Encoding"/>).</para>
/// <para>Invariant: the output depends on the assemblies' code alone, not on the order of references, on folders or on the machine; every input gives a module or diagnostics.</para>
/// <para>Trust: the module does what the code does on .NET, with the library of contracts in the place of .NET's own; what has no equal is an error at the author's line.</para>
/// </summary>
public static class ContractCompiler
{
    private const int StackBytes = 256 << 20;

    /// <summary>Compiles.</summary>
    /// <param name="assembly">The contract.</param>
    /// <param name="references">What it references, beyond .NET's own assemblies; in any order.</param>
    /// <param name="options">How.</param>
    public static CompilationResult Compile(AssemblyInput assembly, IEnumerable<AssemblyInput> references, CompilationOptions? options = null)
    {
        CompilationResult? result = null;
        ExceptionDispatchInfo? failure = null;
        AssemblyInput[] others = [.. references];

        // Trees of blocks are walked recursively: their depth is bounded, but beyond what a thread has by default.
        Thread thread = new(
            () =>
            {
                try
                {
                    result = Run(assembly, others, options ?? new CompilationOptions());
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    private static CompilationResult Run(AssemblyInput assembly, AssemblyInput[] references, CompilationOptions options)
    {
        List<AssemblyImage> images = [];
        try
        {
            AssemblyImage main = AssemblyImage.Open(assembly);
            main.IsMain = true;
            images.Add(main);
            foreach (AssemblyInput reference in references) images.Add(AssemblyImage.Open(reference));
            AssemblyImage[] ordered = [main, .. images.Skip(1).OrderBy(static image => image.Name, StringComparer.Ordinal)];
            return new ProgramCompilation(ordered, options).Run();
        }
        catch (CompilationException exception)
        {
            return Failed(new Diagnostic(exception.Id, exception.Message, null, 0, 0));
        }
        catch (Exception exception) when (InputFaults.Is(exception))
        {
            return Failed(new Diagnostic(DiagnosticIds.UnreadableAssembly, $"an assembly cannot be read: {exception.Message}", null, 0, 0));
        }
        finally
        {
            foreach (AssemblyImage image in images) image.Dispose();
        }
    }

    private static CompilationResult Failed(Diagnostic diagnostic) => new([], [diagnostic], []);
}
