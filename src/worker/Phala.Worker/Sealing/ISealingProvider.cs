namespace Phala.Worker.Sealing;

/// <summary>Gives keys that only this program on this machine gets. Enclave hardware derives them from the processor and the measurement.</summary>
public interface ISealingProvider
{
    /// <summary>What protects the keys, in words for people.</summary>
    string Description { get; }

    /// <summary>Whether whoever has the machine has the keys.</summary>
    bool IsInsecure { get; }

    /// <summary>Derives a key.</summary>
    /// <param name="purpose">What for. Different purposes have independent keys.</param>
    /// <param name="key">Receives 32 bytes.</param>
    void DeriveKey(ReadOnlySpan<byte> purpose, Span<byte> key);
}
