namespace Phala.Node.Rpc;

/// <summary>The three names of a kind of subscription.</summary>
/// <param name="Subscribe">The method that begins one, such as <c>chain_subscribeNewHeads</c>.</param>
/// <param name="Unsubscribe">The method that ends one, such as <c>chain_unsubscribeNewHeads</c>.</param>
/// <param name="Notification">The method in its notifications, such as <c>chain_newHead</c>.</param>
public sealed record SubscriptionKind(string Subscribe, string Unsubscribe, string Notification)
{
    /// <summary>The answer to <see cref="Unsubscribe"/> is null, as in the new JSON-RPC interface, in place of whether there was such a subscription.</summary>
    public bool AnswersNull { get; init; }
}
