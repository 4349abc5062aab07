using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Wasm.Compilation;

/// <summary>
/// A module's compiled code, shared by its instances and filled function by function on first calls. It lives in a collectible assembly that
/// goes away with the module. Safe for use from several threads.
/// </summary>
internal sealed class ModuleCode
{
    private readonly Lock _lock = new();
    private readonly IndexSpaces _spaces;
    private readonly ModuleSettings _settings;
    private readonly FunctionMeasure[] _measures;
    private readonly nint[] _functions;
    private readonly nint[] _entries;
    private readonly Dictionary<(int Import, Type Implementation), nint> _hostThunks = [];
    private ModuleBuilder? _module;
    private int _typeCount;

    public ModuleCode(IndexSpaces spaces, ModuleSettings settings, FunctionMeasure[] measures)
    {
        _spaces = spaces;
        _settings = settings;
        _measures = measures;
        // Pinned: compiled code reads the addresses at their places.
        _functions = GC.AllocateArray<nint>(measures.Length, pinned: true);
        _entries = new nint[spaces.Types.Length];
    }

    /// <summary>Functions that were compiled so far.</summary>
    public int CompiledCount => _functions.Count(address => address != 0);

    /// <summary>The address of a defined function's code, compiling it if need be.</summary>
    public nint Compile(int index)
    {
        lock (_lock)
        {
            if (_functions[index] == 0) Volatile.Write(ref _functions[index], CompileFunction(index));
            return _functions[index];
        }
    }

    /// <summary>The address of the code that enters functions of this function's type from <see cref="Function.Call"/>.</summary>
    public nint EntryOf(int function)
    {
        uint type = _spaces.FunctionTypes[function];
        nint entry = Volatile.Read(ref _entries[type]);
        if (entry != 0) return entry;
        lock (_lock)
        {
            if (_entries[type] == 0) Volatile.Write(ref _entries[type], Build("Entry", type, EntryCompiler.ReturnType, EntryCompiler.Parameters, optimize: true,
                method => EntryCompiler.Compile(method.GetILGenerator(), _spaces.Types[type])));
            return _entries[type];
        }
    }

    /// <summary>The address of the code that calls a host function of this delegate type on behalf of an import.</summary>
    public nint HostThunk(int import, Type implementation)
    {
        lock (_lock)
        {
            if (_hostThunks.TryGetValue((import, implementation), out nint thunk)) return thunk;
            FunctionType type = _spaces.TypeOf((uint)import);
            thunk = Build("Host", (uint)import, Signatures.ReturnOf(type), Signatures.ParametersOf(type), optimize: true,
                method => HostThunkCompiler.Compile(method.GetILGenerator(), import, type, implementation));
            _hostThunks[(import, implementation)] = thunk;
            return thunk;
        }
    }

    /// <summary>The stack that a call of a defined function is charged.</summary>
    public int FrameChargeOf(int index)
    {
        FunctionBody body = _spaces.Module.Bodies[index];
        int locals = _spaces.TypeOf((uint)(_spaces.ImportedFunctions + index)).Parameters.Length + (int)body.LocalCount;
        return FrameCharge.Of(locals, _measures[index].OperandHeight, body.Code.Length);
    }

    /// <summary>The bytes that the compilation of a defined function is charged as.</summary>
    public long CompiledBytesOf(int index) => FuelCosts.CompiledBytes(_spaces.Module.Bodies[index], _measures[index]);

    /// <summary>The measures that decide whether a defined function is optimized.</summary>
    public FunctionSize SizeOf(int index) => SizeOf(index, FunctionAnalysis.Of(_spaces.Module.Bodies[index], _settings.Limits));

    private FunctionSize SizeOf(int index, FunctionAnalysis analysis)
    {
        FunctionBody body = _spaces.Module.Bodies[index];
        int parameters = _spaces.TypeOf((uint)(_spaces.ImportedFunctions + index)).Parameters.Length;
        return new FunctionSize(parameters + (int)body.LocalCount + _measures[index].OperandHeight, analysis.Blocks, analysis.Loops, body.Code.Length);
    }

    // Unsafe: emitted code reads the table of functions by its address; the table is pinned.
    private unsafe nint CompileFunction(int index)
    {
        FunctionBody body = _spaces.Module.Bodies[index];
        FunctionType type = _spaces.TypeOf((uint)(_spaces.ImportedFunctions + index));
        FunctionAnalysis analysis = FunctionAnalysis.Of(body, _settings.Limits);
        bool optimize = _settings.Optimize && SizeOf(index, analysis).MayOptimize;
        nint table = (nint)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_functions));
        CompilationInput input = new(_spaces, _settings, type, body, FrameChargeOf(index), index, table, optimize);
        return Build("Function", (uint)index, Signatures.ReturnOf(type), Signatures.ParametersOf(type), optimize,
            method => FunctionCompiler.Compile(method, input, analysis));
    }

    private nint Build(string name, uint index, Type returns, Type[] parameters, bool optimize, Action<MethodBuilder> emit)
    {
        _module ??= AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName("Phala.Wasm.Generated"), AssemblyBuilderAccess.RunAndCollect)
            .DefineDynamicModule("Guest");
        TypeBuilder type = _module.DefineType($"{name}{index}_{_typeCount++}", TypeAttributes.Abstract | TypeAttributes.Sealed);
        MethodBuilder method = type.DefineMethod("Run", MethodAttributes.Public | MethodAttributes.Static, returns, parameters);
        method.InitLocals = false;
        // AggressiveOptimization: compiled once, at full strength, without tiers. NoOptimization: compiled once, in linear time.
        method.SetImplementationFlags(optimize ? MethodImplAttributes.AggressiveOptimization : MethodImplAttributes.NoOptimization | MethodImplAttributes.NoInlining);
        emit(method);
        RuntimeMethodHandle handle = type.CreateType().GetMethod("Run")!.MethodHandle;
        return handle.GetFunctionPointer();
    }
}
