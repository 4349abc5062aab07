using System.Buffers.Binary;
using System.Reflection;
using System.Text;
using Phala.Contracts.Compiler;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>A compiled module in the engine. Every call has an instance of its own, as on a cluster.</summary>
internal sealed class WasmGuest
{
    private const long Plenty = 1L << 40;

    private readonly Phala.Wasm.Module _module;
    private readonly ModuleSettings _settings = new() { AllowFloats = false };

    public WasmGuest(AssemblyInput assembly, IEnumerable<AssemblyInput> references)
    {
        Result = ContractCompiler.Compile(assembly, references);
        if (!Result.Succeeded) throw new InvalidOperationException(string.Join('\n', Result.Diagnostics));
        if (!Phala.Wasm.Module.TryLoad(Result.Module.AsSpan(), _settings, out Phala.Wasm.Module? module, out ModuleError error)) throw new InvalidOperationException($"the engine refuses the module: {error}");
        _module = module!;
    }

    public CompilationResult Result { get; }

    /// <summary>The fuel of the last call.</summary>
    public long Fuel { get; private set; }

    /// <summary>The message that the last call ended with, or null.</summary>
    public string? Message { get; private set; }

    /// <summary>What the last call told the host.</summary>
    public List<int> Notes { get; } = [];

    public string Run(string export, MethodInfo method, string[] input)
    {
        using Store store = new(_settings.Limits);
        store.AddFuel(Plenty);
        Import wanted = _module.Definition.Imports.Single(static import => import.Kind == ExternalKind.Memory);
        LinearMemory memory = new(store, wanted.Memory);
        Imports imports = new Imports().Add("env", "memory", memory);
        (Message, string? message) = (null, null);
        Notes.Clear();
        imports.Add("test", "revert", new HostFunction((HostContext context, int text) =>
        {
            message = TextAt(memory, text - 8);
            context.Fail(1);
        }));
        imports.Add("test", "note", new HostFunction((HostContext context, int value) => Notes.Add(value)));
        InstantiationResult made = _module.Instantiate(store, imports);
        if (made.Instance is null || !made.Instance.TryGetFunction(export, out Function? function)) throw new InvalidOperationException($"{export} cannot be run: {made}");
        Value[] arguments = [.. Outcomes.Arguments(method, input).Select(ToValue)];
        Value[] results = new Value[function!.Type.Results.Length];
        long before = store.Fuel;
        CallResult result = function.Call(arguments, results);
        Fuel = before - store.Fuel;
        Message = message ?? result.ToString();
        if (result.Outcome is CallOutcome.Trapped or CallOutcome.HostFailed) return Outcomes.Thrown;
        if (!result.IsCompleted) return result.ToString();
        return results.Length == 0 ? "null" : Text(method.ReturnType, results[0], memory);
    }

    /// <summary>A string object's text.</summary>
    public static string TextAt(LinearMemory memory, int address)
    {
        if (address == 0) return "null";
        Span<byte> length = stackalloc byte[4];
        if (!memory.TryRead((uint)address + 4, length)) return "an address outside of the memory";
        int count = BinaryPrimitives.ReadInt32LittleEndian(length);
        return memory.TryGetSpan((uint)address + 8, (uint)count * 2, out Span<byte> text) ? Encoding.Unicode.GetString(text) : "a length beyond the memory";
    }

    private static Value ToValue(object argument) => argument switch
    {
        long number => Value.OfI64(number),
        ulong number => Value.OfI64(unchecked((long)number)),
        uint number => Value.OfI32(unchecked((int)number)),
        bool truth => Value.OfI32(truth ? 1 : 0),
        char unit => Value.OfI32(unit),
        _ => Value.OfI32(Convert.ToInt32(argument, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static string Text(Type type, Value value, LinearMemory memory) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => TextAt(memory, value.AsI32()),
        TypeCode.Boolean => value.AsI32() switch { 0 => "false", 1 => "true", var other => $"a truth of {other}" },
        TypeCode.UInt32 => Outcomes.Text((uint)value.AsI32()),
        TypeCode.UInt64 => Outcomes.Text((ulong)value.AsI64()),
        TypeCode.Int64 => Outcomes.Text(value.AsI64()),
        _ => Outcomes.Text(value.AsI32()),
    };
}
