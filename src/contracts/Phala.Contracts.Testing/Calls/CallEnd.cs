using System.Text;
using Phala.Contracts.Hosting;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;

namespace Phala.Contracts.Testing.Calls;

/// <summary>How a call ended, and what it returned.</summary>
/// <param name="Status">How.</param>
/// <param name="Output">The bytes.</param>
/// <param name="Detail">What the cluster says, where the contract says nothing.</param>
internal sealed record CallEnd(CallStatus Status, byte[] Output, string Detail)
{
    private const byte ContractsPallet = 4, OutOfGas = 2, TransferFailed = 5;

    internal static CallEnd Of(Outcome outcome) => new(
        outcome.Status switch
        {
            OutcomeStatus.Succeeded => CallStatus.Returned,
            OutcomeStatus.Reverted => CallStatus.Reverted,
            OutcomeStatus.OutOfGas => CallStatus.OutOfGas,
            OutcomeStatus.TransferFailed => CallStatus.TransferFailed,
            _ => CallStatus.Trapped,
        },
        outcome.Output.ToArray(),
        "");

    internal static CallEnd Of(ExecReturnValue returned) => new(returned.IsReverted ? CallStatus.Reverted : CallStatus.Returned, returned.Data.ToArray(), "");

    internal static CallEnd Of(DispatchError error)
    {
        bool isContracts = error.TryGetModule(out byte pallet, out byte index) && pallet == ContractsPallet;
        CallStatus status = isContracts && index == OutOfGas ? CallStatus.OutOfGas : isContracts && index == TransferFailed ? CallStatus.TransferFailed : CallStatus.Trapped;
        return new CallEnd(status, [], $"{error}");
    }

    /// <summary>The value that the call returned.</summary>
    /// <exception cref="ContractException">It did not return.</exception>
    internal object? Require(MessageCall call, Exception? fault)
    {
        ReadOnlySpan<byte> output = Output;
        if (Status is not (CallStatus.Returned or CallStatus.Reverted)) throw new ContractException($"{call.Name} ended as {Status}. {Detail}".TrimEnd(), Status, inner: fault);
        if (output.Length < 1 || output[0] > 1) throw new ContractException($"{call.Name} returned {Convert.ToHexString(output)}, which is no result.", Status);
        if (output[0] == 1) throw Reverted(call, output[1..], fault);
        output = output[1..];
        if (call.Error is { } error)
        {
            if (output[0] == 1)
            {
                Enum value = (Enum)Enum.ToObject(error, output[1]);
                throw new ContractException($"{call.Name} failed: {value}.", Status, error: value);
            }

            output = output[1..];
        }

        object? result = call.Returns is { } shape ? ReflectedScale.Read(ref output, shape) : null;
        return output.Length == 0 ? result : throw new ContractException($"{call.Name} returned {output.Length} bytes too many.", Status);
    }

    /// <inheritdoc/>
    public override string ToString() => new StringBuilder().Append(Status).Append(' ').Append(Convert.ToHexString(Output)).ToString();

    private ContractException Reverted(MessageCall call, ReadOnlySpan<byte> error, Exception? fault)
    {
        if (error[0] == Entry.CouldNotReadInput) return new ContractException($"{call.Name} could not read its input.", Status);
        error = error[1..];
        string reason = ReflectedScale.ReadText(ref error);
        return new ContractException($"{call.Name} ended: {reason}", Status, reason, inner: fault);
    }
}
