using Phala.Codec;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>Changes of the rules at a height that everybody knows in advance. A program that does not know the new rules stops there.</summary>
[Documented]
public static partial class Upgrade
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Upgrade";

    /// <summary>The change that will happen, where there is one.</summary>
    public static readonly StorageValue<ScheduledUpgrade, ScheduledUpgrade> Pending = new(Name, "Pending");

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 9, "pallet_upgrade", Docs)
        .Call<Schedule>(0)
        .Call<Cancel>(1)
        .Event<Scheduled>(0)
        .Event<Cancelled>(1)
        .Errors<ErrorCodec, Error>()
        .Stores(Pending);

    /// <summary>What can go wrong.</summary>
    [Scale("pallet_upgrade::pallet::Error")]
    public enum Error : byte
    {
        /// <summary>The version is not above the present one.</summary>
        VersionMustGrow = 0,

        /// <summary>The program does not know the version.</summary>
        UnknownVersion = 1,

        /// <summary>The height has passed.</summary>
        TooEarly = 2,

        /// <summary>Nothing is scheduled.</summary>
        NothingScheduled = 3,
    }

    /// <summary>Schedules a change of the rules; for root.</summary>
    /// <param name="At">The number of the block that changes the code; the blocks after it follow the new rules.</param>
    /// <param name="SpecVersion">Their version.</param>
    [Scale] public readonly partial record struct Schedule(uint At, uint SpecVersion) : ICall<Schedule>;

    /// <summary>Cancels the change; for root.</summary>
    [Scale] public readonly partial record struct Cancel : ICall<Cancel>;

    /// <summary>A change was scheduled.</summary>
    /// <param name="At">The number of the block that changes the code; the blocks after it follow the new rules.</param>
    /// <param name="SpecVersion">Their version.</param>
    [Scale] public readonly partial record struct Scheduled(uint At, uint SpecVersion) : IEvent<Scheduled>;

    /// <summary>The change was cancelled.</summary>
    [Scale] public readonly partial record struct Cancelled : IEvent<Cancelled>;
}
