using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>One account that may do what root may.</summary>
[Documented]
public static partial class Sudo
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Sudo";

    /// <summary>The account; none where nobody may.</summary>
    public static readonly StorageValue<AccountId, AccountId> Key = new(Name, "Key");

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 6, "pallet_sudo", Docs)
        .Call<SudoCall>(0, "sudo")
        .Call<SudoUncheckedWeight>(1)
        .Call<SetKey>(2)
        .Call<SudoAs>(3)
        .Call<RemoveKey>(4)
        .Event<Sudid>(0)
        .Event<KeyChanged>(1)
        .Event<KeyRemoved>(2)
        .Event<SudoAsDone>(3)
        .Errors<ErrorCodec, Error>()
        .Stores(Key);

    /// <summary>What can go wrong.</summary>
    [Scale("pallet_sudo::pallet::Error")]
    public enum Error : byte
    {
        /// <summary>The sender is not the account.</summary>
        RequireSudo = 0,
    }

    /// <summary>Executes a call as root.</summary>
    /// <param name="Call">The call.</param>
    [Scale] public readonly partial record struct SudoCall(RuntimeCall Call) : ICall<SudoCall>;

    /// <summary>Executes a call as root, whatever it weighs.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Weight">The weight to count.</param>
    [Scale] public readonly partial record struct SudoUncheckedWeight(RuntimeCall Call, Weight Weight) : ICall<SudoUncheckedWeight>;

    /// <summary>Hands the right to another account.</summary>
    /// <param name="New">That account.</param>
    [Scale] public readonly partial record struct SetKey(MultiAddress New) : ICall<SetKey>;

    /// <summary>Executes a call as an account.</summary>
    /// <param name="Who">The account.</param>
    /// <param name="Call">The call.</param>
    [Scale] public readonly partial record struct SudoAs(MultiAddress Who, RuntimeCall Call) : ICall<SudoAs>;

    /// <summary>Gives the right up for ever.</summary>
    [Scale] public readonly partial record struct RemoveKey : ICall<RemoveKey>;

    /// <summary>A call was executed as root.</summary>
    /// <param name="SudoResult">How it ended.</param>
    [Scale] public readonly partial record struct Sudid(Result<Unit, DispatchError> SudoResult) : IEvent<Sudid>;

    /// <summary>The right was handed on.</summary>
    /// <param name="Old">The account before.</param>
    /// <param name="New">The account now.</param>
    [Scale] public readonly partial record struct KeyChanged(Option<AccountId> Old, AccountId New) : IEvent<KeyChanged>;

    /// <summary>Nobody has the right any more.</summary>
    [Scale] public readonly partial record struct KeyRemoved : IEvent<KeyRemoved>;

    /// <summary>A call was executed as an account.</summary>
    /// <param name="SudoResult">How it ended.</param>
    [Scale] public readonly partial record struct SudoAsDone(Result<Unit, DispatchError> SudoResult) : IEvent<SudoAsDone>;
}
