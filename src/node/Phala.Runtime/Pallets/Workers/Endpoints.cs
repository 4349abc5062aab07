using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Workers;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Workers;

/// <summary>Where workers say that they answer.</summary>
internal static class Endpoints
{
    /// <summary>The pool's answer to an account's transaction with an endpoint: what the chain would not take costs nobody anything, and relayers that bring the same worker's are one.</summary>
    public static TransactionValidity Validate(BlockContext block, PhalaRegistry.UpdateWorkerEndpoint call) =>
        Check(block.State, call.EndpointPayload, call.Signature.AsSpan()) is { } error ? error.ToValidity() : BareTransactions.Providing(call.EndpointPayload.PoolTag());

    /// <summary>Whether an endpoint is the worker's own, freshly signed and later than the one that stands.</summary>
    public static PhalaRegistry.Error? Check(TrieOverlay state, WorkerEndpointPayload payload, ReadOnlySpan<byte> signature)
    {
        if (!PhalaRegistry.Workers.Contains(state, payload.Pubkey)) return PhalaRegistry.Error.WorkerNotFound;
        if (payload.VersionedEndpoints is not VersionedWorkerEndpoints.V1 { Endpoints: var urls } || !AreShort(urls)) return PhalaRegistry.Error.InvalidInput;
        ulong now = Timestamp.Now.Get(state);
        bool isFresh = payload.SigningTime <= now && now - payload.SigningTime <= PhalaRegistry.EndpointLength;
        if (!isFresh || payload.SigningTime <= PhalaRegistry.EndpointsSignedAt.Get(state, payload.Pubkey)) return PhalaRegistry.Error.InvalidEndpointSigningTime;
        byte[] bytes = [0xFF, 0x02, .. Scale.Encode(payload)];
        return Sr25519.Verify(payload.Pubkey.AsSpan(), bytes, signature) == SignatureVerdict.Valid ? null : PhalaRegistry.Error.InvalidSignature;
    }

    private static bool AreShort(Vec<string> urls)
    {
        if (urls.Length > PhalaRegistry.MaxEndpoints) return false;
        foreach (string url in urls)
        {
            if (url.Length > PhalaRegistry.MaxEndpointUrl) return false;
        }

        return true;
    }
}
