namespace Phala.Crypto.Hashing;

/// <summary>Where one message of a batch lies in the buffer that holds all of them.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct BatchMessage(int Offset, int Length);
