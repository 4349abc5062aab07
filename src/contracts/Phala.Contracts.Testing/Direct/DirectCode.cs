using Phala.Clusters.Execution;
using Phala.Contracts.Hosting;

namespace Phala.Contracts.Testing.Direct;

/// <summary>A contract that is run on .NET, as part of a real cluster.</summary>
/// <param name="deploy">The entry point of constructors.</param>
/// <param name="call">The entry point of messages.</param>
/// <param name="noteFault">Is told of exceptions that ended a call, for who looks for the fault.</param>
internal sealed class DirectCode(Action deploy, Action call, Action<Exception> noteFault) : ContractCode
{
    /// <inheritdoc/>
    public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input) => Run(deploy, call, input);

    /// <inheritdoc/>
    public override CallResult Call(CallContext context, ReadOnlySpan<byte> input) => Run(call, context, input);

    private CallResult Run(Action entry, CallContext context, ReadOnlySpan<byte> input)
    {
        DirectHost host = new(context, input.ToArray());
        ContractHost? before = ContractHost.Enter(host);
        try
        {
            entry();
            return CallResult.Return(default);
        }
        catch (ContractEnded ended)
        {
            return ended.Result;
        }
        catch (Exception) when (host.Ended is not null)
        {
            return host.Ended.Value;
        }
        catch (Exception exception)
        {
            // What a compiled contract does where something is thrown: it ends the call with the message.
            noteFault(exception);
            return Revert(FaultMessages.Of(exception));
        }
        finally
        {
            ContractHost.Enter(before);
        }
    }

    private static CallResult Revert(string message)
    {
        try
        {
            Entry.Revert(message);
        }
        catch (ContractEnded ended)
        {
            return ended.Result;
        }

        throw new InvalidOperationException("A call that was ended went on.");
    }
}
