using Phala.Wasm.Binary;

namespace Phala.Wasm;

/// <summary>The correspondence between delegates of host functions and guest types.</summary>
internal static class HostSignature
{
    /// <summary>The guest type of a delegate, or false if the delegate is not of the form that <see cref="HostFunction"/> describes.</summary>
    public static bool TryGet(Type implementation, out FunctionType? type)
    {
        type = null;
        if (implementation != typeof(Action<HostContext>) && !implementation.IsConstructedGenericType) return false;
        string name = implementation.GetGenericTypeDefinition().FullName!;
        bool hasResult = name.StartsWith("System.Func`", StringComparison.Ordinal);
        if (!hasResult && !name.StartsWith("System.Action`", StringComparison.Ordinal)) return false;

        Type[] arguments = implementation.GetGenericArguments();
        int parameters = arguments.Length - (hasResult ? 1 : 0);
        if (parameters == 0 || arguments[0] != typeof(HostContext)) return false;
        ValueKind[] kinds = [.. arguments.Skip(1).Select(ToKind)];
        if (kinds.Contains(ValueKind.None)) return false;
        type = new FunctionType(kinds.AsSpan(0, parameters - 1), kinds.AsSpan(parameters - 1));
        return true;
    }

    /// <summary>The .NET type that stands for a guest type.</summary>
    public static Type ToClr(ValueKind kind) => kind switch
    {
        ValueKind.I32 => typeof(int),
        ValueKind.I64 => typeof(long),
        ValueKind.F32 => typeof(float),
        ValueKind.F64 => typeof(double),
        ValueKind.FuncRef => typeof(Function),
        ValueKind.ExternRef => typeof(object),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a type of values"),
    };

    private static ValueKind ToKind(Type type)
    {
        foreach (ValueKind kind in Enum.GetValues<ValueKind>())
        {
            if (kind != ValueKind.None && ToClr(kind) == type) return kind;
        }

        return ValueKind.None;
    }
}
