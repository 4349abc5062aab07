using System.Buffers.Text;

namespace Phala.Node.Rpc.Messages;

/// <summary>Identifiers of subscriptions: 16 characters that nobody guesses.</summary>
internal static class SubscriptionId
{
    /// <summary>12 random bytes in 16 characters of base64url.</summary>
    public static string Make(Action<Span<byte>> entropy)
    {
        Span<byte> random = stackalloc byte[12];
        entropy(random);
        return Base64Url.EncodeToString(random);
    }
}
