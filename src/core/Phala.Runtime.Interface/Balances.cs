using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>The chain's tokens: PHA with 12 decimals. An account has at least the existential deposit or does not exist.</summary>
[Documented]
public static partial class Balances
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Balances";

    /// <summary>10⁻¹² PHA times this is one PHA.</summary>
    public const ulong Pha = 1_000_000_000_000;

    /// <summary>The least that an account has: 0.01 PHA.</summary>
    public const ulong ExistentialDeposit = Pha / 100;

    /// <summary>All tokens there are.</summary>
    public static readonly StorageValue<U128Codec, UInt128> TotalIssuance = new(Name, "TotalIssuance", () => UInt128.Zero);

    /// <summary>Tokens that are not counted as active: none.</summary>
    public static readonly StorageValue<U128Codec, UInt128> InactiveIssuance = new(Name, "InactiveIssuance", () => UInt128.Zero);

    /// <summary>Locks: none. There because clients read it.</summary>
    public static readonly StorageMap<AccountId, AccountId, VecCodec<BalanceLock, BalanceLock>, Vec<BalanceLock>> Locks =
        new(Name, "Locks", Hasher.Blake2_128Concat, () => default);

    /// <summary>Named reserves: none. There because clients read it.</summary>
    public static readonly StorageMap<AccountId, AccountId, VecCodec<ReserveData, ReserveData>, Vec<ReserveData>> Reserves =
        new(Name, "Reserves", Hasher.Blake2_128Concat, () => default);

    /// <summary>Holds: none. There because clients read it.</summary>
    public static readonly StorageMap<AccountId, AccountId, VecCodec<IdAmount, IdAmount>, Vec<IdAmount>> Holds =
        new(Name, "Holds", Hasher.Blake2_128Concat, () => default);

    /// <summary>Freezes: none. There because clients read it.</summary>
    public static readonly StorageMap<AccountId, AccountId, VecCodec<IdAmount, IdAmount>, Vec<IdAmount>> Freezes =
        new(Name, "Freezes", Hasher.Blake2_128Concat, () => default);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 4, "pallet_balances", Docs)
        .Call<TransferAllowDeath>(0)
        .Call<ForceTransfer>(2)
        .Call<TransferKeepAlive>(3)
        .Call<TransferAll>(4)
        .Call<ForceSetBalance>(8)
        .Call<Burn>(10)
        .Event<Endowed>(0)
        .Event<DustLost>(1)
        .Event<Transfer>(2)
        .Event<BalanceSet>(3)
        .Event<Deposit>(7)
        .Event<Withdraw>(8)
        .Event<Burned>(11)
        .Stores(TotalIssuance, InactiveIssuance, Locks, Reserves, Holds, Freezes)
        .Constant<U128Codec, UInt128>("ExistentialDeposit", ExistentialDeposit, "The least that an account has.")
        .Constant<U32Codec, uint>("MaxLocks", 50, "How many locks an account may have.")
        .Constant<U32Codec, uint>("MaxReserves", 50, "How many named reserves an account may have.")
        .Constant<U32Codec, uint>("MaxFreezes", 50, "How many freezes an account may have.");

    /// <summary>Sends tokens. The sender's account may end.</summary>
    /// <param name="Dest">To whom.</param>
    /// <param name="Value">How much.</param>
    [Scale] public readonly partial record struct TransferAllowDeath(MultiAddress Dest, [Compact] UInt128 Value) : ICall<TransferAllowDeath>;

    /// <summary>Sends another's tokens; for root.</summary>
    /// <param name="Source">From whom.</param>
    /// <param name="Dest">To whom.</param>
    /// <param name="Value">How much.</param>
    [Scale] public readonly partial record struct ForceTransfer(MultiAddress Source, MultiAddress Dest, [Compact] UInt128 Value) : ICall<ForceTransfer>;

    /// <summary>Sends tokens, unless the sender's account would end.</summary>
    /// <param name="Dest">To whom.</param>
    /// <param name="Value">How much.</param>
    [Scale] public readonly partial record struct TransferKeepAlive(MultiAddress Dest, [Compact] UInt128 Value) : ICall<TransferKeepAlive>;

    /// <summary>Sends all that can be sent.</summary>
    /// <param name="Dest">To whom.</param>
    /// <param name="KeepAlive">Whether the sender keeps the existential deposit.</param>
    [Scale] public readonly partial record struct TransferAll(MultiAddress Dest, bool KeepAlive) : ICall<TransferAll>;

    /// <summary>Gives an account an amount of tokens; for root.</summary>
    /// <param name="Who">Whom.</param>
    /// <param name="NewFree">What it has then. Less than the existential deposit is nothing.</param>
    [Scale] public readonly partial record struct ForceSetBalance(MultiAddress Who, [Compact] UInt128 NewFree) : ICall<ForceSetBalance>;

    /// <summary>Destroys tokens of the sender.</summary>
    /// <param name="Value">How much.</param>
    /// <param name="KeepAlive">Whether the account must not end.</param>
    [Scale] public readonly partial record struct Burn([Compact] UInt128 Value, bool KeepAlive) : ICall<Burn>;

    /// <summary>An account came into being with tokens.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="FreeBalance">How much.</param>
    [Scale] public readonly partial record struct Endowed(AccountId Account, UInt128 FreeBalance) : IEvent<Endowed>;

    /// <summary>An account ended, and what was left on it, less than the existential deposit, is gone.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="Amount">How much.</param>
    [Scale] public readonly partial record struct DustLost(AccountId Account, UInt128 Amount) : IEvent<DustLost>;

    /// <summary>Tokens were sent.</summary>
    /// <param name="From">From whom.</param>
    /// <param name="To">To whom.</param>
    /// <param name="Amount">How much.</param>
    [Scale] public readonly partial record struct Transfer(AccountId From, AccountId To, UInt128 Amount) : IEvent<Transfer>;

    /// <summary>Root gave an account an amount.</summary>
    /// <param name="Who">Whom.</param>
    /// <param name="Free">What it has now.</param>
    [Scale] public readonly partial record struct BalanceSet(AccountId Who, UInt128 Free) : IEvent<BalanceSet>;

    /// <summary>Tokens were put on an account.</summary>
    /// <param name="Who">Whose.</param>
    /// <param name="Amount">How much.</param>
    [Scale] public readonly partial record struct Deposit(AccountId Who, UInt128 Amount) : IEvent<Deposit>;

    /// <summary>Tokens were taken from an account, for a fee for example.</summary>
    /// <param name="Who">Whose.</param>
    /// <param name="Amount">How much.</param>
    [Scale] public readonly partial record struct Withdraw(AccountId Who, UInt128 Amount) : IEvent<Withdraw>;

    /// <summary>Tokens were destroyed.</summary>
    /// <param name="Who">Whose they were.</param>
    /// <param name="Amount">How much.</param>
    [Scale] public readonly partial record struct Burned(AccountId Who, UInt128 Amount) : IEvent<Burned>;
}
