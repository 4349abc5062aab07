using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>Who the validators are, and which keys they work with. Both change at the ends of sessions only.</summary>
[Documented]
public static partial class Session
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Session";

    /// <summary>The validators, in the order of their turns.</summary>
    public static readonly StorageValue<VecCodec<AccountId, AccountId>, Vec<AccountId>> Validators = new(Name, "Validators", () => default);

    /// <summary>The session's number.</summary>
    public static readonly StorageValue<U32Codec, uint> CurrentIndex = new(Name, "CurrentIndex", () => 0u);

    /// <summary>How many blocks a session has.</summary>
    public static readonly StorageValue<U32Codec, uint> Length = new(Name, "Length");

    /// <summary>Those who will be validators from the end of the session on, where that is to change.</summary>
    public static readonly StorageValue<VecCodec<AccountId, AccountId>, Vec<AccountId>> QueuedValidators = new(Name, "QueuedValidators");

    /// <summary>The keys that accounts will work with if they are validators.</summary>
    public static readonly StorageMap<AccountId, AccountId, SessionKeys, SessionKeys> NextKeys = new(Name, "NextKeys", Hasher.Twox64Concat);

    /// <summary>Whose a key is.</summary>
    public static readonly StorageMap<KeyOwnerId, KeyOwnerId, AccountId, AccountId> KeyOwner = new(Name, "KeyOwner", Hasher.Twox64Concat);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 8, "pallet_session", Docs)
        .Call<SetKeys>(0)
        .Call<PurgeKeys>(1)
        .Call<SetValidators>(16)
        .Event<NewSession>(0)
        .Errors<ErrorCodec, Error>()
        .Stores(Validators, CurrentIndex, Length, QueuedValidators, NextKeys, KeyOwner);

    /// <summary>What can go wrong.</summary>
    [Scale("pallet_session::pallet::Error")]
    public enum Error : byte
    {
        /// <summary>The proof of owning the keys is wrong.</summary>
        InvalidProof = 0,

        /// <summary>A key belongs to another account.</summary>
        DuplicatedKey = 2,

        /// <summary>The account has no keys.</summary>
        NoKeys = 3,

        /// <summary>The sender has no account that could hold them.</summary>
        NoAccount = 4,

        /// <summary>There are no validators, too many, one twice or one without keys.</summary>
        BadValidators = 16,
    }

    /// <summary>Sets the keys that the sender works with as a validator.</summary>
    /// <param name="Keys">The keys.</param>
    /// <param name="Proof">That they are the sender's; empty.</param>
    [Scale] public readonly partial record struct SetKeys(SessionKeys Keys, Vec<byte> Proof) : ICall<SetKeys>;

    /// <summary>Takes the sender's keys away.</summary>
    [Scale] public readonly partial record struct PurgeKeys : ICall<PurgeKeys>;

    /// <summary>Names the validators from the end of the session on; for root. Each must have set keys.</summary>
    /// <param name="Validators">They.</param>
    [Scale] public readonly partial record struct SetValidators(Vec<AccountId> Validators) : ICall<SetValidators>;

    /// <summary>A session began.</summary>
    /// <param name="SessionIndex">Its number.</param>
    [Scale] public readonly partial record struct NewSession(uint SessionIndex) : IEvent<NewSession>;
}
