using System.Reflection;
using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>
/// How guest functions look as .NET methods: <c>static R f(Instance, int stack, parameters…)</c>. The first result is returned, further ones lie
/// in the store's result places until the caller takes them, at once.
/// </summary>
internal static class Signatures
{
    /// <summary>Parameters that stand before the guest's own.</summary>
    public const int HiddenParameters = 2;

    public static Type ReturnOf(FunctionType type) => type.Results.Length == 0 ? typeof(void) : HostSignature.ToClr(type.Results[0]);

    public static Type[] ParametersOf(FunctionType type)
    {
        Type[] parameters = new Type[HiddenParameters + type.Parameters.Length];
        parameters[0] = typeof(Instance);
        parameters[1] = typeof(int);
        for (int i = 0; i < type.Parameters.Length; i++) parameters[HiddenParameters + i] = HostSignature.ToClr(type.Parameters[i]);
        return parameters;
    }

    /// <summary>Calls the address on top of the stack, which lies above the arguments.</summary>
    public static void EmitCall(ILGenerator il, FunctionType type) =>
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, ReturnOf(type), ParametersOf(type), null);
}
