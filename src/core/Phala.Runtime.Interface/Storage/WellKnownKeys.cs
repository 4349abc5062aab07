namespace Phala.Runtime.Interface.Storage;

/// <summary>Keys of the state that belong to no pallet.</summary>
public static class WellKnownKeys
{
    /// <summary>The WebAssembly module that answers light clients' runtime calls.</summary>
    public static ReadOnlySpan<byte> Code => ":code"u8;

    /// <summary>How many pages of heap the module is given, as a <c>u64</c>.</summary>
    public static ReadOnlySpan<byte> HeapPages => ":heappages"u8;
}
