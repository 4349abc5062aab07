using Phala.Codec;
using Phala.Runtime.Interface.Messages;

namespace Phala.Worker.Outbox;

/// <summary>A sender's messages that wait for the chain.</summary>
/// <param name="Sender">The sender.</param>
/// <param name="Next">The sequence of its next message.</param>
/// <param name="Messages">Those that the chain has not, in order.</param>
[Scale]
internal sealed partial record SenderBox(MessageOrigin Sender, ulong Next, Vec<SignedMessage> Messages);
