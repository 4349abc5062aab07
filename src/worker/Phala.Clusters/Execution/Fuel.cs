namespace Phala.Clusters.Execution;

/// <summary>What things take, in units of gas: 10¹² to a second of the reference machine. The figures are part of the replicated rules.</summary>
internal static class Fuel
{
    /// <summary>The most that a command may take, whatever it offers.</summary>
    internal const ulong MostOfCommand = 2_500_000_000_000;

    /// <summary>The most that a query may take.</summary>
    internal const ulong MostOfQuery = 10_000_000_000_000;

    /// <summary>One unit of the WebAssembly engine's fuel: about one simple instruction.</summary>
    internal const ulong WasmFuel = 1_000;

    internal const ulong Call = 20_000_000;
    internal const ulong InputByte = 1_000, OutputByte = 1_000;
    internal const ulong Read = 2_000_000, ReadByte = 1_000;
    internal const ulong Write = 10_000_000, WriteByte = 5_000;
    internal const ulong NextKey = 4_000_000;
    internal const ulong Transfer = 10_000_000;
    internal const ulong Emit = 2_000_000, EmitByte = 1_000;

    /// <summary>A look at what the host knows: caller, time, gas.</summary>
    internal const ulong Look = 100_000;
    internal const ulong CopyByte = 100;
    internal const ulong HashCall = 2_000_000, Sha256Byte = 2_000, Keccak256Byte = 4_000, Blake2Byte = 1_500;
    internal const ulong Sr25519Verify = 80_000_000, Sr25519VerifyByte = 3_000, EcdsaRecover = 150_000_000, EthereumAddress = 40_000_000;
    internal const ulong DebugByte = 1_000;
    internal const ulong Sign = 60_000_000, DeriveKey = 60_000_000;
}
