using Phala.Wasm.Binary;
using Phala.Wasm.Execution;

namespace Phala.Wasm;

/// <summary>A function that can be called: of a guest, or of the host as bound to a guest's import.</summary>
public sealed class Function
{
    // Compiled code reads these fields. The address is 0 until the function is first called.
    internal nint _code;
    internal readonly Instance _target;

    internal Function(Instance target, int index, FunctionType type)
    {
        _target = target;
        Index = index;
        Type = type;
    }

    /// <summary>The type.</summary>
    public FunctionType Type { get; }

    internal Store Store => _target.Store;

    /// <summary>The index in the module of <see cref="_target"/>; an import for a host function.</summary>
    internal int Index { get; }

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">As many values as the type has parameters, of their types.</param>
    /// <param name="results">At least as many places as the type has results; written only if the call completes.</param>
    /// <returns>How it ended. Nothing that a guest does makes this method throw.</returns>
    /// <exception cref="ArgumentException">The caller passes the wrong number or types of values, or functions of another store.</exception>
    /// <exception cref="InvalidOperationException">The store is running already, and not in a host function that may call back.</exception>
    public CallResult Call(ReadOnlySpan<Value> arguments, Span<Value> results)
    {
        if (arguments.Length != Type.Parameters.Length) throw new ArgumentException("The number of arguments is wrong.", nameof(arguments));
        if (results.Length < Type.Results.Length) throw new ArgumentException("There are too few places for the results.", nameof(results));
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Kind != Type.Parameters[i]) throw new ArgumentException("An argument is of the wrong type.", nameof(arguments));
            if (arguments[i].Reference is Function function && arguments[i].Kind == ValueKind.FuncRef && function.Store != Store)
            {
                throw new ArgumentException("A function belongs to another store.", nameof(arguments));
            }
        }

        return Invocation.Run(this, arguments, results);
    }
}
