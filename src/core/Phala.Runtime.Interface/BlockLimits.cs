using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Interface;

/// <summary>The limits of a block: one second of the reference machine and 5 MiB, three quarters of them for users' calls.</summary>
public static class BlockLimits
{
    /// <summary>How many blocks back the hashes of blocks are kept in state: transactions may be mortal for as long.</summary>
    public const uint BlockHashCount = 4096;

    /// <summary>Picoseconds that a block may take.</summary>
    private const ulong MaxRefTime = 1_000_000_000_000;

    private const uint MaxLength = 5 * 1024 * 1024;
    private const uint NormalLength = MaxLength / 4 * 3;

    /// <summary>What every extrinsic takes: framing, one signature, nonce and fee.</summary>
    public static Weight BaseExtrinsic => new(50_000_000, 0);

    /// <summary>What a block takes without extrinsics.</summary>
    public static Weight BaseBlock => new(500_000_000, 0);

    /// <summary>The weights.</summary>
    public static BlockWeights Weights { get; } = MakeWeights();

    /// <summary>The lengths.</summary>
    public static BlockLength Length { get; } = new(NormalLength, MaxLength, MaxLength);

    /// <summary>What the state costs.</summary>
    public static RuntimeDbWeight Database { get; } = new(Read: 2_000_000, Write: 10_000_000);

    private static BlockWeights MakeWeights()
    {
        Weight max = new(MaxRefTime, ulong.MaxValue);
        Weight normal = new(MaxRefTime / 4 * 3, ulong.MaxValue);
        return new BlockWeights(BaseBlock, max, new PerDispatchClass<ClassWeights>(
            new ClassWeights(BaseExtrinsic, new(normal - BaseExtrinsic), new(normal), new(Weight.Zero)),
            new ClassWeights(BaseExtrinsic, new(max - BaseExtrinsic), new(max), new(max - normal)),
            new ClassWeights(BaseExtrinsic, default, default, default)));
    }
}
