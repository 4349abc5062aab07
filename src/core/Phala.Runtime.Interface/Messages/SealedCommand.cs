using Phala.Codec;

namespace Phala.Runtime.Interface.Messages;

/// <summary>A command sealed to a cluster's command key by HPKE. The envelope's own fields are bound to the ciphertext.</summary>
/// <param name="Epoch">The key's epoch.</param>
/// <param name="Nonce">Consumed once, and remembered until the expiry.</param>
/// <param name="Expiry">In milliseconds since 1970, compared with the time of the entry that carries it: later than that, the command is not executed.</param>
/// <param name="Ciphertext">Encapsulation ‖ ciphertext ‖ tag.</param>
[Scale("phala_types::contract::SealedCommand")]
public sealed partial record SealedCommand(uint Epoch, CommandNonce Nonce, ulong Expiry, Vec<byte> Ciphertext);
