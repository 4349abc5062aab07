using Phala.Wasm;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>The state of an interpreted module: everything in plain arrays and lists. Imports other than functions are not supported.</summary>
public sealed class InterpretedInstance
{
    private readonly Func<Cell[], Cell>[] _hostFunctions;
    private readonly ParsedFunction?[] _functions;

    public InterpretedInstance(Module module, Func<Cell[], Cell>[] hostFunctions)
    {
        Module = module;
        _hostFunctions = hostFunctions;
        IndexSpaces spaces = module.Spaces;
        _functions = new ParsedFunction?[spaces.Module.Bodies.Count];
        Globals = [.. spaces.Module.Globals.Select(global => Evaluate(global.Value))];
        Tables = [.. spaces.Module.Tables.Select(table => Enumerable.Repeat<object?>(null, (int)table.Limits.Minimum).ToList())];
        Memory = spaces.Memories.Length > 0 ? new byte[spaces.Memories[0].Minimum * LinearMemory.PageBytes] : [];
        Data = [.. spaces.Module.Data.Select(segment => segment.Bytes.ToArray())];
        Elements = [.. spaces.Module.Elements.Select(segment => segment.Items.Select(item => Evaluate(item).Reference).ToArray())];
    }

    public Module Module { get; }

    public Cell[] Globals { get; }

    public byte[] Memory { get; set; }

    public long Fuel { get; set; }

    internal List<object?>[] Tables { get; }

    internal byte[][] Data { get; }

    internal object?[][] Elements { get; }

    /// <summary>Copies the active segments; the fuel of instantiation is the caller's business.</summary>
    public void Initialize()
    {
        IndexSpaces spaces = Module.Spaces;
        for (int i = 0; i < Elements.Length; i++)
        {
            ElementSegment segment = spaces.Module.Elements[i];
            if (segment.Mode == SegmentMode.Passive) continue;
            int at = segment.Mode == SegmentMode.Active ? Evaluate(segment.Offset).I32 : 0;
            for (int k = 0; segment.Mode == SegmentMode.Active && k < Elements[i].Length; k++) Tables[segment.TableIndex][at + k] = Elements[i][k];
            Elements[i] = [];
        }

        for (int i = 0; i < Data.Length; i++)
        {
            DataSegment segment = spaces.Module.Data[i];
            if (segment.Mode != SegmentMode.Active) continue;
            Data[i].CopyTo(Memory, Evaluate(segment.Offset).I32);
            Data[i] = [];
        }
    }

    /// <summary>Calls an exported function.</summary>
    public CallResult Call(string name, Cell[] arguments, out Cell[] results)
    {
        results = [];
        uint index = Module.Spaces.Module.Exports.Single(export => export.Name == name && export.Kind == ExternalKind.Function).Index;
        try
        {
            results = Invoke(new FunctionIndex((int)index), arguments, Module.Settings.Limits.StackBytes);
            return default;
        }
        catch (GuestTrapException trap)
        {
            return trap.Result;
        }
    }

    internal FunctionType TypeOf(FunctionIndex function) => Module.Spaces.TypeOf((uint)function.Value);

    internal Cell[] Invoke(FunctionIndex function, Cell[] arguments, int stack)
    {
        int imported = Module.Spaces.ImportedFunctions;
        if (function.Value < imported)
        {
            if (stack < FrameCharge.HostCall) throw GuestTrapException.Of(TrapKind.StackExhausted);
            Cell result = _hostFunctions[function.Value](arguments);
            return TypeOf(function).Results.Length == 0 ? [] : [result];
        }

        int index = function.Value - imported;
        int left = stack - Module.Code.FrameChargeOf(index);
        if (left < 0) throw GuestTrapException.Of(TrapKind.StackExhausted);
        ParsedFunction parsed = _functions[index] ??= new ParsedFunction(Module.Spaces.Module.Bodies[index], Module.Settings.Limits);
        return new Activation(this, parsed, TypeOf(function), arguments, left).Run();
    }

    internal void Charge(long cost)
    {
        if (cost > Fuel)
        {
            Fuel = 0;
            throw new GuestTrapException(new CallResult(CallOutcome.OutOfFuel));
        }

        Fuel -= cost;
    }

    private static Cell Evaluate(ConstantExpression constant) => constant.Opcode switch
    {
        Opcode.RefNull => default,
        Opcode.RefFunc => new Cell(0, new FunctionIndex((int)constant.Bits)),
        _ => new Cell(constant.Bits),
    };
}
