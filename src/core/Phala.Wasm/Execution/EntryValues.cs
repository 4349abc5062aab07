using System.Runtime.CompilerServices;

namespace Phala.Wasm.Execution;

/// <summary>Takes arguments out of, and puts the first result into, the values of <see cref="Function.Call"/>. Called by the emitted entries.</summary>
internal static class EntryValues
{
    public static int TakeI32(ref Value values, int index) => Unsafe.Add(ref values, index).AsI32();

    public static long TakeI64(ref Value values, int index) => Unsafe.Add(ref values, index).AsI64();

    public static float TakeF32(ref Value values, int index) => Unsafe.Add(ref values, index).AsF32();

    public static double TakeF64(ref Value values, int index) => Unsafe.Add(ref values, index).AsF64();

    public static Function? TakeFuncRef(ref Value values, int index) => Unsafe.As<Function?>(Unsafe.Add(ref values, index).Reference);

    public static object? TakeExternRef(ref Value values, int index) => Unsafe.Add(ref values, index).Reference;

    public static void PutI32(int value, ref Value results) => results = Value.OfI32(value);

    public static void PutI64(long value, ref Value results) => results = Value.OfI64(value);

    public static void PutF32(float value, ref Value results) => results = Value.OfF32(value);

    public static void PutF64(double value, ref Value results) => results = Value.OfF64(value);

    public static void PutFuncRef(Function? value, ref Value results) => results = Value.OfFunction(value);

    public static void PutExternRef(object? value, ref Value results) => results = Value.OfExternal(value);
}
