using Phala.Chain;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Workers;

namespace Phala.Runtime.Genesis;

/// <summary>What a chain begins with.</summary>
public sealed record GenesisConfig
{
    /// <summary>The validators with their keys, in the order of their turns.</summary>
    public required IReadOnlyList<(AccountId Account, SessionKeys Keys)> Validators { get; init; }

    /// <summary>The longest slot in milliseconds: a day.</summary>
    public const ulong LongestSlot = 24 * 60 * 60 * 1000;

    /// <summary>What accounts have, in units of 10⁻¹² PHA.</summary>
    public required IReadOnlyList<(AccountId Account, UInt128 Amount)> Balances { get; init; }

    /// <summary>Who may do what root may; nobody if null.</summary>
    public AccountId? Sudo { get; init; }

    /// <summary>The length of a slot in milliseconds, at least 1 and at most <see cref="LongestSlot"/>.</summary>
    public ulong SlotDuration { get; init; } = 3000;

    /// <summary>The length of a session in blocks; 0 for sessions that never end.</summary>
    public uint SessionLength { get; init; } = 600;

    /// <summary>Whether workers that nothing vouches for are registered. For chains for development alone.</summary>
    public bool AllowInsecureDev { get; init; }

    /// <summary>The measurements of programs that may be workers. None for as long as root allows none.</summary>
    public IReadOnlyList<Measurement> AllowedMeasurements { get; init; } = [];

    /// <summary>The version of the rules.</summary>
    public uint SpecVersion { get; init; } = Interface.Versions.PhalaVersion.LatestSpec;
}
