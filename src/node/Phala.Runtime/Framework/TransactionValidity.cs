using System.Diagnostics.CodeAnalysis;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Framework;

/// <summary>Whether a transaction is valid: how the pool orders it, or why not.</summary>
public readonly struct TransactionValidity
{
    private readonly ValidTransaction? _valid;
    private readonly TransactionValidityError _error;

    private TransactionValidity(ValidTransaction? valid, TransactionValidityError error) => (_valid, _error) = (valid, error);

    /// <summary>A valid one.</summary>
    public static implicit operator TransactionValidity(ValidTransaction valid) => new(valid, default);

    /// <summary>One that is not.</summary>
    public static implicit operator TransactionValidity(TransactionValidityError error) => new(null, error);

    /// <summary>One that is not.</summary>
    public static implicit operator TransactionValidity(InvalidTransaction error) => new(null, error);

    /// <summary>One of which it can't be known.</summary>
    public static implicit operator TransactionValidity(UnknownTransaction error) => new(null, error);

    /// <summary>Why it can't be in the present block; null where it can. What requires others that are not in the chain yet comes too early.</summary>
    public TransactionValidityError? RefusalNow => _valid is null ? _error : _valid.Requires.Length > 0 ? InvalidTransaction.Future : null;

    /// <summary>How the pool orders it, or why it is not valid.</summary>
    public bool TryGet([NotNullWhen(true)] out ValidTransaction? valid, out TransactionValidityError error)
    {
        (valid, error) = (_valid, _error);
        return valid is not null;
    }
}
