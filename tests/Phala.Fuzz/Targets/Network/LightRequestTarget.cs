using Phala.Node.Network.Messages;
using Phala.Testing;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as a request for a proof. What is accepted must say the same when it is written again.</summary>
public sealed class LightRequestTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "light-request";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = 
    [
        new LightRequest(LightRequestKind.Call, new Hash256(new byte[32]), "AccountNonceApi_account_nonce", new byte[32], [], []).Encode(),
        new LightRequest(LightRequestKind.Read, new Hash256(new byte[32]), "", [], [], [[1, 2, 3], [], new byte[80]]).Encode(),
        new LightRequest(LightRequestKind.ReadChild, new Hash256(new byte[32]), "", [], [.. ":child_storage:default:a"u8], [[1], [2, 3]]).Encode(),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<ProtobufError>().Where(name => name != nameof(ProtobufError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 8192 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        ProtobufError error = LightRequest.TryDecode(input, out LightRequest? request);
        if (error != ProtobufError.None) return new FuzzOutcome(input.Length > 1, error.ToString());
        byte[] encoded = request!.Encode();
        if (LightRequest.TryDecode(encoded, out LightRequest? again) != ProtobufError.None || !again!.Encode().AsSpan().SequenceEqual(encoded)) throw new InvalidOperationException("An accepted request is another one when it is written again.");
        return new FuzzOutcome(true, null);
    }
}
