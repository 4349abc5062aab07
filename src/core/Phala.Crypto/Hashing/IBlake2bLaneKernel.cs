namespace Phala.Crypto.Hashing;

/// <summary>A compression function that works on several independent chains at once.</summary>
internal interface IBlake2bLaneKernel
{
    /// <summary>How many chains.</summary>
    static abstract int Lanes { get; }

    /// <summary>Compresses one block of each lane.</summary>
    // Unsafe: the state holds the addresses of the blocks and is itself aligned by hand.
    static abstract unsafe void Compress(Blake2bLaneState* state);
}
