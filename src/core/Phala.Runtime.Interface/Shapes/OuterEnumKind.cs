namespace Phala.Runtime.Interface.Shapes;

/// <summary>The enums that put those of all pallets together.</summary>
public enum OuterEnumKind
{
    /// <summary><c>RuntimeCall</c>.</summary>
    Calls,

    /// <summary><c>RuntimeEvent</c>.</summary>
    Events,

    /// <summary><c>RuntimeError</c>.</summary>
    Errors,
}
