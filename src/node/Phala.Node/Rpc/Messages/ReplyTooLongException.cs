namespace Phala.Node.Rpc.Messages;

/// <summary>
/// Stops a handler whose result outgrows the limit: the JSON writer has no other way to be told. It is caught where the handler was called and becomes the error
/// "Response is too big".
/// </summary>
internal sealed class ReplyTooLongException() : Exception("The reply is longer than the limit.");
