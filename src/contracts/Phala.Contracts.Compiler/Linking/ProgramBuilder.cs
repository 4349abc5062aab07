using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Import;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>
/// The whole program: from its entry points to every function that they reach, by need.
/// <para>It is built twice. The first pass finds which types have objects and how often methods are called; virtual calls stay open.
/// The second knows the answers, and emits.</para>
/// </summary>
internal sealed class ProgramBuilder
{
    private const int MostFunctions = 8_000, MostDiagnostics = 100;

    private readonly ProgramFacts? _known;
    private readonly BodyReader _bodies;
    private readonly Dictionary<ClrMethod, FunctionUnit> _functions = [];
    private readonly Queue<(ClrMethod Method, FunctionUnit Unit)> _open = new();
    private readonly List<ClrMethod> _selectors = [];
    private readonly HashSet<ClrMethod> _selectorSet = [];
    private readonly HashSet<ClrType> _constructed = [];
    private readonly Dictionary<ClrMethod, VirtualTargets> _targets = [];
    private readonly Dictionary<ClrMethod, ClrMethod> _reachedFrom = [];
    private readonly Dictionary<ClrMethod, int> _reachedAt = [];
    private readonly Dictionary<(int, WasmType), GlobalSlot> _results = [];
    private readonly DiagnosticLocator _locator;
    private ClrMethod? _current;

    public ProgramBuilder(TypeUniverse types, BodyReader bodies, ProgramFacts? known, DiagnosticLocator locator)
    {
        Types = types;
        _known = known;
        _locator = locator;
        Tokens = new TokenResolver(types);
        Hierarchy = new Hierarchy(types, Tokens);
        Layouts = new LayoutBuilder(types, Hierarchy);
        _bodies = bodies;
        Statics = new StaticData(this);
        TypeTests = new TypeTests(this, known);
        Made = new MadeFunctions(this);
        Boxes = new BoxedEnums(this, known);
        ExceptionType = types.Core("System.Exception");
        MarkConstructed(types.String);
    }

    public TypeUniverse Types { get; }

    public TokenResolver Tokens { get; }

    public Hierarchy Hierarchy { get; }

    public LayoutBuilder Layouts { get; }

    public StaticData Statics { get; }

    public TypeTests TypeTests { get; }

    public MadeFunctions Made { get; }

    public BoxedEnums Boxes { get; }

    public ClrType ExceptionType { get; }

    /// <summary>What this pass finds.</summary>
    public ProgramFacts Found { get; } = new();

    /// <summary>Whether this is the pass whose functions are emitted.</summary>
    public bool IsFinal => _known is not null;

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>All functions, in the order in which they were first needed.</summary>
    public List<FunctionUnit> Units { get; } = [];

    /// <summary>Functions that delegates refer to, in the order of their places in the table, from 1.</summary>
    public List<FunctionUnit> Table { get; } = [];

    /// <summary>Static initializers that are needed, in the order in which they were met.</summary>
    public List<ClrMethod> Initializers { get; } = [];

    public ClrMethod? RevertHandler { get; set; }

    public GlobalSlot StackPointer { get; } = new("stack", WasmType.I32);

    public GlobalSlot HeapTop { get; } = new("heap", WasmType.I32);

    /// <summary>The memory below which the stack must not grow.</summary>
    public DataSymbol StackBottom { get; } = new("stack", new byte[16 << 10], 16);

    public IEnumerable<GlobalSlot> Globals => [StackPointer, HeapTop, .. _results.OrderBy(static pair => pair.Key).Select(static pair => pair.Value)];

    /// <summary>The function that a method becomes.</summary>
    public FunctionUnit Function(ClrMethod method)
    {
        if (_current is not null) Edge(Found.Callees, _current, method);
        if (_functions.TryGetValue(method, out FunctionUnit? known)) return known;
        (string, string)? import = method.Definition.Import;
        if (import is null && !method.Definition.HasBody) throw NoBody(method);
        FunctionUnit made = new(method.ToString(), ShapeOf(method)) { Import = import, NeverReturns = _known?.NeverReturn.Contains(method) ?? false };
        if (_current is not null) (_reachedFrom[method], _reachedAt[method]) = (_current, _locator.CurrentOffset);
        _functions[method] = made;
        AddUnit(made);
        if (import is null) _open.Enqueue((method, made));
        return made;
    }

    public void AddUnit(FunctionUnit unit)
    {
        if (Units.Count >= MostFunctions) throw new CompilationException(DiagnosticIds.TooLarge, "the program has too many functions");
        Units.Add(unit);
    }

    /// <summary>Compiles everything that has been asked for, and what that asks for.</summary>
    public void Drain()
    {
        while (_open.TryDequeue(out (ClrMethod Method, FunctionUnit Unit) next) && Diagnostics.Count < MostDiagnostics) Compile(next.Method, next.Unit);
    }

    public MethodBody BodyOf(ClrMethod method)
    {
        MethodBody body = _bodies.Read(method.Definition);
        if (body.CatchOffset >= 0)
        {
            throw new CompilationException(DiagnosticIds.Catch, "try with catch is not available in contracts: an exception ends the call; test conditions first, or return a result that says what went wrong") { Offset = body.CatchOffset };
        }

        return body;
    }

    /// <summary>A method's parameters, the receiver first: an address for structs.</summary>
    public ClrType[] ParametersOf(ClrMethod method)
    {
        foreach (ClrType type in method.Shape.Parameters) _ = FunctionImporter.Known(type);
        return method.IsStatic ? method.Shape.Parameters : [method.Owner.IsValue ? Types.ReferenceTo(method.Owner) : method.Owner, .. method.Shape.Parameters];
    }

    /// <summary>A method's type as a function: the scalars of parameters, and the first of the result.</summary>
    public FunctionShape ShapeOf(ClrMethod method)
    {
        WasmType[] parameters = [.. ParametersOf(method).SelectMany(type => Layouts.OfVariable(type).Leaves).Select(static leaf => leaf.WasmType)];
        if (parameters.Length > 100) throw new CompilationException(DiagnosticIds.TooLarge, $"{method} has too many parameters: pass a class");
        ClrType result = FunctionImporter.Known(method.Shape.Result);
        Leaf[] leaves = result.Kind == TypeKind.Void ? [] : Layouts.OfVariable(result).Leaves;
        return new FunctionShape(parameters, leaves.Length == 0 ? WasmType.None : leaves[0].WasmType);
    }

    public FunctionUnit Fault(string name) => Function(CoreMethod("System.Runtime.Faults", name));

    public FunctionUnit Helper(string name) => Function(CoreMethod("System.Runtime.Machine", name));

    public FunctionUnit Raiser(ClrMethod constructor) => Made.Raiser(constructor);

    public FunctionUnit EnumNames(ClrType type) => Made.EnumNames(type);

    public FunctionUnit Dispatcher(ClrMethod method) => Made.Dispatcher(method, Targets(method));

    /// <summary>The static method that makes what a constructor of strings would.</summary>
    public ClrMethod StringMaker(ClrMethod constructor)
    {
        MethodDef maker = Types.String.Definition!.Methods.FirstOrDefault(each => each.Name == "Make" && Types.ShapeOf(each).Parameters.AsSpan().SequenceEqual(constructor.Shape.Parameters))
            ?? throw Missing.Member(Types.String, ".ctor", constructor.Shape.Parameters);
        return Types.Method(maker, Types.String, []);
    }

    public GlobalSlot ResultGlobal(int index, WasmType type)
    {
        if (!_results.TryGetValue((index, type), out GlobalSlot? slot)) _results[(index, type)] = slot = new GlobalSlot($"result{index}", type);
        return slot;
    }

    /// <summary>There are objects of this type.</summary>
    public void MarkConstructed(ClrType type)
    {
        if (!_constructed.Add(type)) return;
        Found.Constructed.Add(type);
        if (IsFinal) return;
        foreach (ClrMethod selector in _selectors.ToArray()) Connect(type, selector);
    }

    public int TypeNumber(ClrType type) => _known is null ? 1 : _known.TypeNumbers.GetValueOrDefault(type, 0x7FFF_FFFF);

    public int CallCount(ClrMethod method) => _known?.CallCounts.GetValueOrDefault(method) ?? 0;

    public void CountCall(ClrMethod method) => Found.CallCounts[method] = Found.CallCounts.GetValueOrDefault(method) + 1;

    public bool NeverReturns(ClrMethod method) => _known?.NeverReturn.Contains(method) ?? false;

    /// <summary>What a virtual call may mean.</summary>
    public VirtualTargets Targets(ClrMethod method)
    {
        if (_known is not null)
        {
            if (_targets.TryGetValue(method, out VirtualTargets? known)) return known;
            List<(ClrType, ClrMethod)> found = [];
            foreach (ClrType type in _known.Constructed.OrderBy(type => _known.TypeNumbers[type]))
            {
                if (TargetOf(type, method) is { } target) found.Add((type, target));
            }

            return _targets[method] = new VirtualTargets(found, true);
        }

        if (_current is not null) Edge(Found.Callees, _current, method);
        if (_selectorSet.Add(method))
        {
            _selectors.Add(method);
            foreach (ClrType type in Found.Constructed.ToArray()) Connect(type, method);
        }

        return new VirtualTargets([], false);
    }

    /// <summary>What stands in the table for a delegate of a method.</summary>
    public FunctionUnit DelegateTarget(ClrMethod method, bool isVirtual, bool isClosed)
    {
        CountCall(method);
        FunctionUnit target = isClosed ? Function(method) : Made.DelegateTarget(method, isVirtual);
        if (target.TableIndex < 0)
        {
            Table.Add(target);
            target.TableIndex = Table.Count;
        }

        return target;
    }

    /// <summary>Makes sure that a type's static fields are initialized.</summary>
    public void RequireInitializer(ClrType type)
    {
        MethodDef? initializer = type.Definition!.Methods.FirstOrDefault(static method => method.Name == ".cctor");
        if (initializer is null) return;
        ClrMethod method = Types.Method(initializer, type, []);
        if (_current is not null) Edge(Found.Initializers, _current, method);
        if (Initializers.Contains(method)) return;
        Initializers.Add(method);
        _ = Function(method);
    }

    /// <summary>A field's type in its definition's own terms.</summary>
    public ClrType FieldType(FieldDef field) => field.Row.DecodeSignature(new SignatureTypes(Types, field.Owner.Image), GenericContext.Open);

    /// <summary>Says which instruction is being imported.</summary>
    public void At(Frame? frame) => _locator.Current = frame;

    public FunctionUnit Core(string type, string name) => Function(CoreMethod(type, name));

    public ClrMethod CoreMethod(string type, string name)
    {
        ClrType owner = Types.Core(type);
        MethodDef definition = owner.Definition!.Methods.FirstOrDefault(each => each.Name == name) ?? throw new InvalidOperationException($"the library of contracts has no {type}.{name}");
        return Types.Method(definition, owner, []);
    }

    /// <summary>Reports what keeps something from being compiled.</summary>
    public void Report(CompilationException exception, ClrMethod? method, Frame? frame)
    {
        Diagnostic found = DiagnosticLocator.Locate(exception, method, frame, _reachedFrom, _reachedAt);
        if (!Diagnostics.Contains(found)) Diagnostics.Add(found);
    }

    private ClrMethod? TargetOf(ClrType type, ClrMethod declared) =>
        Hierarchy.IsAssignable(type, declared.Owner) ? Hierarchy.Implementation(type, declared) : null;

    private void Connect(ClrType type, ClrMethod selector)
    {
        if (TargetOf(type, selector) is not { } target) return;
        Edge(Found.Callees, selector, target);
        if (target.Definition.HasBody) _ = Function(target);
    }

    private static void Edge(Dictionary<ClrMethod, HashSet<ClrMethod>> edges, ClrMethod from, ClrMethod to)
    {
        if (!edges.TryGetValue(from, out HashSet<ClrMethod>? set)) edges[from] = set = [];
        set.Add(to);
    }

    private static CompilationException NoBody(ClrMethod method) => method.Owner.Definition!.Image.IsMain
        ? new CompilationException(DiagnosticIds.EntryPoint, $"{method} has no code: methods from outside need HostFunction")
        : Missing.Member(method.Owner, method.Name, method.Shape.Parameters);

    private void Compile(ClrMethod method, FunctionUnit unit)
    {
        Frame? frame = null;
        _current = method;
        try
        {
            unit.Body = FunctionImporter.Import(this, method, unit, out frame);
            bool returns = unit.Body.Blocks.Any(static block => block.Exit is ReturnExit);
            if (!returns) Found.NeverReturn.Add(method);
        }
        catch (Exception exception) when (exception is CompilationException || InputFaults.Is(exception))
        {
            Report(InputFaults.Wrap(exception), method, frame ?? _locator.Current);
        }
        finally
        {
            _current = null;
        }
    }
}
