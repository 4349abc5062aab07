using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What a cluster made of one command.</summary>
/// <param name="Id">The command's message.</param>
/// <param name="Contract">The contract that it was for.</param>
/// <param name="Status">What everybody may know.</param>
/// <param name="Commitment">A hiding commitment to the outcome.</param>
/// <param name="GasBucket">The gas that it took, rounded up to a power of two: the power.</param>
/// <param name="Sealed">The outcome, sealed to the reply key of the command; empty where it had none, or where the outcome has to be asked for.</param>
[Scale("phala_types::receipt::Receipt")]
public sealed partial record Receipt(MessageId Id, Hash256 Contract, ReceiptStatus Status, Hash256 Commitment, byte GasBucket, Vec<byte> Sealed);
