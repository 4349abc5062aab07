using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Messages;

/// <summary>The older envelope: AES-256-GCM under a ristretto key agreement whose result is the key as it is.</summary>
/// <param name="Iv">The initialization vector.</param>
/// <param name="Pubkey">The sender's key.</param>
/// <param name="Data">Ciphertext and tag.</param>
[Scale("phala_types::contract::EncryptedData")]
public sealed partial record EncryptedData(Iv Iv, Sr25519PublicKey Pubkey, Vec<byte> Data);
