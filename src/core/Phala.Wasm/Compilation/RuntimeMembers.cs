using System.Reflection;
using Phala.Wasm.Execution;

namespace Phala.Wasm.Compilation;

/// <summary>The fields and helpers that compiled code refers to.</summary>
internal static class RuntimeMembers
{
    public static readonly FieldInfo InstanceStore = Field<Instance>(nameof(Instance._store));
    public static readonly FieldInfo InstanceMemory = Field<Instance>(nameof(Instance._memory));
    public static readonly FieldInfo InstanceGlobals = Field<Instance>(nameof(Instance._globals));
    public static readonly FieldInfo InstanceImports = Field<Instance>(nameof(Instance._imports));
    public static readonly FieldInfo StoreFuel = Field<Store>(nameof(Store._fuel));
    public static readonly FieldInfo StoreFuelFloor = Field<Store>(nameof(Store._fuelFloor));
    public static readonly FieldInfo StoreResultBits = Field<Store>(nameof(Store._resultBits));
    public static readonly FieldInfo StoreResultReferences = Field<Store>(nameof(Store._resultReferences));
    public static readonly FieldInfo MemoryBytes = Field<LinearMemory>(nameof(LinearMemory._bytes));
    public static readonly FieldInfo MemoryLength = Field<LinearMemory>(nameof(LinearMemory._length));
    public static readonly FieldInfo GlobalBits = Field<Global>(nameof(Global._bits));
    public static readonly FieldInfo GlobalReference = Field<Global>(nameof(Global._reference));
    public static readonly FieldInfo FunctionTarget = Field<Function>(nameof(Function._target));

    public static readonly MethodInfo CheckStack = Method(typeof(Runtime), nameof(Runtime.CheckStack));
    public static readonly MethodInfo Trap = Method(typeof(Runtime), nameof(Runtime.Trap));
    public static readonly MethodInfo BelowFloor = Method(typeof(Runtime), nameof(Runtime.BelowFloor));
    public static readonly MethodInfo Stopped = Method(typeof(Runtime), nameof(Runtime.Stopped));
    public static readonly MethodInfo CodeAt = Method(typeof(Runtime), nameof(Runtime.CodeAt));
    public static readonly MethodInfo CodeOf = Method(typeof(Runtime), nameof(Runtime.CodeOf));
    public static readonly MethodInfo Indirect = Method(typeof(Runtime), nameof(Runtime.Indirect));
    public static readonly MethodInfo BeginHost = Method(typeof(Runtime), nameof(Runtime.BeginHost));
    public static readonly MethodInfo EndHost = Method(typeof(Runtime), nameof(Runtime.EndHost));
    public static readonly MethodInfo HostDelegate = Method(typeof(Runtime), nameof(Runtime.HostDelegate));
    public static readonly MethodInfo FunctionReference = Method(typeof(Runtime), nameof(Runtime.FunctionReference));
    public static readonly MethodInfo OpaqueF32 = Method(typeof(Numerics), nameof(Numerics.OpaqueF32));
    public static readonly MethodInfo F32OfBits = Method(typeof(BitConverter), nameof(BitConverter.Int32BitsToSingle));
    public static readonly MethodInfo F64OfBits = Method(typeof(BitConverter), nameof(BitConverter.Int64BitsToDouble));
    public static readonly MethodInfo BitsOfF32 = Method(typeof(BitConverter), nameof(BitConverter.SingleToInt32Bits));
    public static readonly MethodInfo BitsOfF64 = Method(typeof(BitConverter), nameof(BitConverter.DoubleToInt64Bits));

    public static readonly MethodInfo FirstByte = typeof(System.Runtime.InteropServices.MemoryMarshal)
        .GetMethods()
        .Single(method => method.Name == nameof(System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference) && method.IsGenericMethod)
        .MakeGenericMethod(typeof(byte));

    public static MethodInfo Bulk(string name) => Method(typeof(BulkOperations), name);

    public static MethodInfo? Numeric(string name) => typeof(Numerics).GetMethod(name, BindingFlags.Static | BindingFlags.Public);

    public static MethodInfo Entry(string name) => Method(typeof(EntryValues), name);

    private static FieldInfo Field<T>(string name) => typeof(T).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name, BindingFlags.Static | BindingFlags.Public)!;
}
