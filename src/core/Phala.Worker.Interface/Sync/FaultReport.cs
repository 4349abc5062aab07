using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Worker.Interface.Sync;

/// <summary>A worker's own failure: not the result of a contract, but a fault of the program. The entry was not applied, and no receipt tells of it.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Cluster">The cluster that stopped.</param>
/// <param name="Applied">The last entry that it had applied.</param>
/// <param name="Entry">The hash of the entry at which it failed.</param>
/// <param name="Measurement">The program.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Kind">The name of the failure's type: it holds nothing that a contract or a user said.</param>
[Scale]
public sealed partial record FaultReport(
    Hash256 Genesis, Sr25519PublicKey Worker, Hash256 Cluster, QueueHead Applied, Hash256 Entry, Measurement Measurement, uint Attempts, string Kind)
{
    /// <summary>What a session signs: <c>ff 13 ‖ blake2_256(SCALE(report))</c>. No message of the queue begins so.</summary>
    public byte[] SigningBytes()
    {
        byte[] bytes = new byte[2 + Hash256.Size];
        (bytes[0], bytes[1]) = (0xFF, 0x13);
        Blake2b.Hash256(Scale.Encode(this), bytes.AsSpan(2));
        return bytes;
    }
}
