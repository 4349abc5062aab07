using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>Who makes blocks final.</summary>
[Documented]
public static partial class Grandpa
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Grandpa";

    /// <summary>Those whose votes make the next block final.</summary>
    public static readonly StorageValue<VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>> Authorities = new(Name, "Authorities", () => default);

    /// <summary>How often the set has changed: votes are signed with it.</summary>
    public static readonly StorageValue<U64Codec, ulong> CurrentSetId = new(Name, "CurrentSetId", () => 0ul);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 3, "pallet_grandpa", Docs)
        .Event<NewAuthorities>(0)
        .Stores(Authorities, CurrentSetId);

    /// <summary>From the next block on others vote.</summary>
    /// <param name="AuthoritySet">They.</param>
    [Scale] public readonly partial record struct NewAuthorities(Vec<GrandpaAuthority> AuthoritySet) : IEvent<NewAuthorities>;
}
