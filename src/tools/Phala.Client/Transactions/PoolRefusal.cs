using System.Globalization;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Client.Transactions;

/// <summary>Why a pool takes no transaction with a call: a pallet's own reason comes as a number, which this names.</summary>
public static class PoolRefusal
{
    private const string Custom = "Custom error: ";

    /// <summary>The pallet's error by name, such as <c>PhalaRegistry.PRuntimeRejected</c>; null where the reason is another.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">What the node said of its transaction.</param>
    public static string? NameOf(RuntimeCall call, ClientFailure failure) =>
        failure is { Error: ClientError.Refused, Data: { } data } && data.StartsWith(Custom, StringComparison.Ordinal) && byte.TryParse(data.AsSpan(Custom.Length), NumberStyles.None, CultureInfo.InvariantCulture, out byte error)
            ? DispatchErrorName.Of(DispatchError.Module(call.Shape.Pallet.Index, error))
            : null;

    /// <summary>The failure, with the pallet's error by name where there is one.</summary>
    internal static ClientFailure Named(RuntimeCall call, ClientFailure failure) => NameOf(call, failure) is { } name ? failure with { Data = $"{name} ({failure.Data})" } : failure;
}
