using Phala.Codec;

namespace Phala.Runtime.Interface.Messages;

/// <summary>A message of the queue.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Destination">Its topic; see <see cref="Topics"/>.</param>
/// <param name="Payload">What it says, in the encoding that the topic implies.</param>
[Scale("phala_types::messaging::Message")]
public sealed partial record Message(MessageOrigin Sender, Vec<byte> Destination, Vec<byte> Payload);
