using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Client.Transactions;

/// <summary>The names of errors, as the chain's source has them.</summary>
public static class DispatchErrorName
{
    /// <summary>A pallet's error as <c>Utility.TooManyCalls</c>, others as <c>Token.FundsUnavailable</c> or <c>BadOrigin</c>.</summary>
    public static string Of(DispatchError error)
    {
        if (!error.TryGetModule(out byte pallet, out byte index)) return error.ToString().Replace(": ", ".", StringComparison.Ordinal);
        PalletShape? shape = RuntimeShape.Find(pallet);
        string? name = shape?.ErrorType is { } type ? Enum.GetName(type, index) : null;
        return shape is not null && name is not null ? $"{shape.Name}.{name}" : error.ToString();
    }
}
