using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Encoding;
using Phala.Contracts.Compiler.Optimization;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>One compilation from opened assemblies to a module.</summary>
internal sealed class ProgramCompilation
{
    private readonly AssemblyImage[] _images;
    private readonly CompilationOptions _options;
    private readonly TypeUniverse _types;
    private readonly BodyReader _bodies;

    /// <param name="images">The contract first.</param>
    /// <param name="options">How to compile.</param>
    public ProgramCompilation(AssemblyImage[] images, CompilationOptions options)
    {
        _images = images;
        _options = options;
        _types = new TypeUniverse(new Definitions(images));
        _bodies = new BodyReader(_types);
    }

    public CompilationResult Run()
    {
        ProgramBuilder first = Build(null, out _);
        if (first.Diagnostics.Count > 0) return Failed(first.Diagnostics);
        first.Found.NumberTypes(first.Hierarchy);
        ProgramBuilder program = Build(first.Found, out List<(string Name, FunctionUnit Function)> exports);
        if (program.Diagnostics.Count > 0) return Failed(program.Diagnostics);
        foreach (FunctionUnit unit in program.Units.Where(static unit => unit.Body is not null)) FunctionOptimizer.Run(unit.Body!);
        FunctionUnit? initializer = null;
        try
        {
            if (program.Initializers.Count > 0) initializer = Initializer(program, first.Found);
        }
        catch (CompilationException exception)
        {
            program.Report(exception, null, null);
            return Failed(program.Diagnostics);
        }

        return Emit(program, exports, initializer);
    }

    private ProgramBuilder Build(ProgramFacts? known, out List<(string Name, FunctionUnit Function)> exports)
    {
        DiagnosticLocator locator = new();
        ProgramBuilder program = new(_types, _bodies, known, locator);
        program.RevertHandler = FindRevertHandler();
        exports = [];
        foreach (MethodDef method in _types.Definitions.Of(_images[0]).SelectMany(static type => type.Methods))
        {
            if (HostFunctions.ExportOf(method) is not { } name) continue;
            try
            {
                CheckExport(method, exports, name);
                exports.Add((name, program.Function(_types.Method(method, _types.Instance(method.Owner, []), []))));
            }
            catch (Exception exception) when (exception is CompilationException || InputFaults.Is(exception))
            {
                program.Report(InputFaults.Wrap(exception), null, null);
            }
        }

        if (exports.Count == 0 && program.Diagnostics.Count == 0)
        {
            program.Report(new CompilationException(DiagnosticIds.EntryPoint, "the assembly has no entry points: it needs a class with the attribute Contract"), null, null);
        }

        exports.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        program.Drain();
        return program;
    }

    private void CheckExport(MethodDef method, List<(string Name, FunctionUnit Function)> exports, string name)
    {
        if (!method.IsStatic || method.Arity > 0 || method.Owner.Arity > 0 || !method.HasBody) throw new CompilationException(DiagnosticIds.EntryPoint, $"the entry point {method} is not a static method with code and without type parameters") { Method = method };
        if (exports.Any(export => export.Name == name)) throw new CompilationException(DiagnosticIds.EntryPoint, $"there are two entry points with the name {name}") { Method = method };
        if (_types.ShapeOf(method).Parameters.Any(static type => type.Kind is TypeKind.Struct)) throw new CompilationException(DiagnosticIds.EntryPoint, $"the entry point {method} has a struct as a parameter") { Method = method };
    }

    private ClrMethod? FindRevertHandler()
    {
        foreach (MethodDef method in _images.SelectMany(_types.Definitions.Of).SelectMany(static type => type.Methods))
        {
            if (!method.IsStatic || !method.HasBody || method.Owner.Arity > 0 || !HostFunctions.IsRevertHandler(method)) continue;
            MethodShape shape = _types.ShapeOf(method);
            if (shape is { Arity: 0, Result.Kind: TypeKind.Void, Parameters: [var parameter] } && parameter == _types.String) return _types.Method(method, _types.Instance(method.Owner, []), []);
        }

        return null;
    }

    private static FunctionUnit Initializer(ProgramBuilder program, ProgramFacts facts)
    {
        FunctionUnit made = new("static initializers", new FunctionShape([], WasmType.None));
        FunctionBody body = new() { ParameterCount = 0 };
        Block block = new(0);
        body.Blocks.Add(block);
        foreach (ClrMethod each in facts.InitializersInOrder(program.Initializers)) block.Statements.Add(new EvaluateStatement(new CallExpression(program.Function(each), [])));
        block.Exit = new ReturnExit(null);
        made.Body = body;
        LocalAssignment.Run(body);
        return made;
    }

    private CompilationResult Emit(ProgramBuilder program, List<(string Name, FunctionUnit Function)> exports, FunctionUnit? initializer)
    {
        FunctionUnit[] roots = [.. exports.Select(static export => export.Function)];
        Reachability needed = new(initializer is null ? roots : [.. roots, initializer]);
        FunctionUnit[] table = [.. program.Table.Where(needed.InTable.Contains)];
        for (int i = 0; i < table.Length; i++) table[i].TableIndex = i + 1;
        MemoryPlan memory = new(program.Statics.Symbols.Where(needed.Symbols.Contains), program.Statics.Fields.Where(needed.Symbols.Contains), program.StackBottom);
        program.StackPointer.Initial = memory.StackTop;
        program.HeapTop.Initial = memory.HeapBase;
        FunctionUnit[] units = [.. program.Units.Where(needed.Functions.Contains)];
        if (initializer is not null)
        {
            byte[] first = new ModuleEncoder([.. units, initializer], table, memory, _options.MemoryPages, withHost: false).Encode([("initialize", initializer)], program.HeapTop);
            if (StaticInitialization.Run(first, memory, program.StackBottom) is { } failure) return Failed([failure]);
            program.HeapTop.Initial = memory.HeapBase;
            needed = new Reachability([.. roots, .. table]);
            units = [.. program.Units.Where(needed.Functions.Contains)];
        }

        ModuleEncoder encoder = new(units, table, memory, _options.MemoryPages, withHost: true);
        byte[] module = encoder.Encode(exports, null);
        return new CompilationResult([.. module], [], [.. encoder.Code.Select(static pair => (pair.Key.Name, pair.Value.Length)).OrderByDescending(static pair => pair.Length).ThenBy(static pair => pair.Name, StringComparer.Ordinal)]);
    }

    private static CompilationResult Failed(IEnumerable<Diagnostic> diagnostics) =>
        new([], [.. diagnostics.OrderBy(static each => each.File, StringComparer.Ordinal).ThenBy(static each => each.Line).ThenBy(static each => each.Column).ThenBy(static each => each.Message, StringComparer.Ordinal)], []);
}
