using System.Diagnostics.CodeAnalysis;

namespace Phala.Contracts;

/// <summary>A contract with errors of its own, which reach its callers as values: its commands, and queries that say that they fail, return ink!'s <c>Result&lt;T, TError&gt;</c>.</summary>
/// <typeparam name="TError">An enum.</typeparam>
public abstract class Contract<TError> : Contract
    where TError : struct, Enum
{
    /// <summary>Ends the call with an error unless something is so. What it changed is undone.</summary>
    /// <param name="condition">What has to be so.</param>
    /// <param name="error">What the caller is told otherwise.</param>
    protected void Require([DoesNotReturnIf(false)] bool condition, TError error)
    {
        if (!condition) Hosting.Entry.Fail(IndexOf(error));
    }

    /// <summary>Ends the call with an error. What it changed is undone.</summary>
    /// <param name="error">What the caller is told.</param>
    [DoesNotReturn]
    protected void Fail(TError error)
    {
        Hosting.Entry.Fail(IndexOf(error));
        throw new InvalidOperationException("The call has ended.");
    }

    /// <summary>The error's number. The source generator writes it.</summary>
    protected abstract byte IndexOf(TError error);
}
