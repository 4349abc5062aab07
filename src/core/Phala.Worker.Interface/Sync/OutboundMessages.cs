using Phala.Codec;
using Phala.Runtime.Interface.Messages;

namespace Phala.Worker.Interface.Sync;

/// <summary>Messages of one sender that wait for the chain, in the order of their sequences. The reply of <c>GetEgressMessages</c> has a list of these, <c>SCALE(Vec&lt;OutboundMessages&gt;)</c>.</summary>
/// <param name="Sender">The sender.</param>
/// <param name="Messages">To be submitted one after the other by <c>PhalaMq.SyncOffchainMessage</c>, bare.</param>
[Scale]
public sealed partial record OutboundMessages(MessageOrigin Sender, Vec<SignedMessage> Messages);
