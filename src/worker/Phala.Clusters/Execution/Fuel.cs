namespace Phala.Clusters.Execution;

/// <summary>What things take, in units of gas: 10¹² to a second of the reference machine. The figures are part of the replicated rules.</summary>
internal static class Fuel
{
    /// <summary>The most that a command may take, whatever it offers.</summary>
    internal const ulong MostOfCommand = 2_500_000_000_000;

    /// <summary>The most that a query may take.</summary>
    internal const ulong MostOfQuery = 10_000_000_000_000;

    internal const ulong Call = 20_000_000;
    internal const ulong InputByte = 1_000, OutputByte = 1_000;
    internal const ulong Read = 2_000_000, ReadByte = 1_000;
    internal const ulong Write = 10_000_000, WriteByte = 5_000;
    internal const ulong NextKey = 4_000_000;
    internal const ulong Transfer = 10_000_000;
    internal const ulong Emit = 2_000_000, EmitByte = 1_000;
}
