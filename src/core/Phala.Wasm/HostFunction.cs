using Phala.Wasm.Binary;

namespace Phala.Wasm;

/// <summary>
/// A function that the host offers to guests. It is an <c>Action</c> or <c>Func</c> whose first parameter is the <see cref="HostContext"/> and
/// whose others are the guest's: int (i32), long (i64), float, double, <see cref="Function"/> (funcref) and object (externref). Guests call it
/// through its own type, without boxing.
/// </summary>
public sealed class HostFunction
{
    /// <summary>Makes a host function.</summary>
    /// <param name="implementation">What runs. It fails by <see cref="HostContext.Fail"/>; an exception from it passes through to the caller of the guest.</param>
    /// <param name="mayReenter">Whether it may call functions of the running store.</param>
    /// <exception cref="ArgumentException">The delegate is not of the described form.</exception>
    public HostFunction(Delegate implementation, bool mayReenter = false)
    {
        if (!HostSignature.TryGet(implementation.GetType(), out FunctionType? type))
        {
            throw new ArgumentException("A host function is an Action or Func with a HostContext and parameters of guest types.", nameof(implementation));
        }

        Implementation = implementation;
        MayReenter = mayReenter;
        Type = type!;
    }

    /// <summary>The type that guests see.</summary>
    public FunctionType Type { get; }

    internal Delegate Implementation { get; }

    internal bool MayReenter { get; }
}
