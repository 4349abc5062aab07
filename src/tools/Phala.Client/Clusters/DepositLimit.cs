using Phala.Codec;
using Phala.Worker.Interface.Queries;

namespace Phala.Client.Clusters;

/// <summary>What a command, or a constructor, may lock of its sender's tokens for what it stores.</summary>
/// <remarks>
/// What is locked is given to whoever has it freed. Without a limit a contract can have its caller pay for as much storage as the caller has tokens in the cluster, and free it for somebody else: so
/// the default is what an estimate says, and a quarter more.
/// </remarks>
public readonly record struct DepositLimit
{
    private readonly UInt128 _amount;
    private readonly bool _isGiven, _isAny;

    private DepositLimit(UInt128 amount, bool isAny) => (_amount, _isGiven, _isAny) = (amount, true, isAny);

    /// <summary>What an estimate says, which is asked for before something is sent, and a quarter more.</summary>
    public static DepositLimit AsEstimated => default;

    /// <summary>Any amount: all that the sender has in the cluster. For contracts that the sender trusts with it.</summary>
    public static DepositLimit Any { get; } = new(0, isAny: true);

    /// <summary>Whether an estimate has to say it.</summary>
    public bool NeedsEstimate => !_isGiven;

    /// <summary>What the cluster is told; none for any amount.</summary>
    /// <exception cref="InvalidOperationException">An estimate has to say it.</exception>
    public Option<UInt128> Amount => !_isGiven ? throw new InvalidOperationException("An estimate has to say it.") : _isAny ? default : new(_amount);

    /// <summary>At most so many units of 10⁻¹² PHA.</summary>
    public static DepositLimit Of(UInt128 amount) => new(amount, isAny: false);

    /// <summary>What an estimate charges, and a quarter more, because the state may be another by then; nothing where it gives back.</summary>
    public static DepositLimit After(StorageDeposit estimated)
    {
        UInt128 charge = estimated is StorageDeposit.Charge charged ? charged.Amount : 0, quarter = charge / 4;
        return Of(charge > UInt128.MaxValue - quarter ? UInt128.MaxValue : charge + quarter);
    }
}
