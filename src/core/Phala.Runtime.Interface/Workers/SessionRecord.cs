using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Workers;

/// <summary>A worker's session, as the chain has it. There is one for a worker: the newest.</summary>
/// <param name="SigningKey">What it signs with. It names the session.</param>
/// <param name="EncryptionKey">What is sealed to it.</param>
/// <param name="BootNonce">Drawn when the program started.</param>
/// <param name="Lease">How often it was renewed.</param>
/// <param name="FirstBlock">The block of the session's first claim: a later session must have claimed a later one.</param>
/// <param name="ClaimedBlock">The block of its last claim. Secrets are wrapped with its hash.</param>
/// <param name="LeaseEnd">The number of the last block in which it counts.</param>
/// <param name="Measurement">The program.</param>
/// <param name="Provider">What vouches for it.</param>
[Scale("phala_types::SessionRecord")]
public sealed partial record SessionRecord(
    Sr25519PublicKey SigningKey,
    X25519PublicKey EncryptionKey,
    BootNonce BootNonce,
    uint Lease,
    uint FirstBlock,
    BlockId ClaimedBlock,
    uint LeaseEnd,
    Measurement Measurement,
    AttestationProvider Provider);
