using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Workers;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Workers;

/// <summary>Where workers say that they answer.</summary>
internal static class Endpoints
{
    private const int Most = 8, LongestUrl = 256;

    /// <summary>Whether an endpoint is the worker's own, freshly signed and later than the one that stands.</summary>
    public static PhalaRegistry.Error? Check(TrieOverlay state, WorkerEndpointPayload payload, ReadOnlySpan<byte> signature)
    {
        if (!PhalaRegistry.Workers.Contains(state, payload.Pubkey)) return PhalaRegistry.Error.WorkerNotFound;
        if (payload.VersionedEndpoints is not VersionedWorkerEndpoints.V1 { Endpoints: var urls } || !AreShort(urls)) return PhalaRegistry.Error.InvalidInput;
        ulong now = Timestamp.Now.Get(state);
        bool isFresh = payload.SigningTime < now && now - payload.SigningTime <= PhalaRegistry.EndpointLength;
        if (!isFresh || payload.SigningTime <= PhalaRegistry.EndpointsSignedAt.Get(state, payload.Pubkey)) return PhalaRegistry.Error.InvalidEndpointSigningTime;
        byte[] bytes = [0xFF, 0x02, .. Scale.Encode(payload)];
        return Sr25519.Verify(payload.Pubkey.AsSpan(), bytes, signature) == SignatureVerdict.Valid ? null : PhalaRegistry.Error.InvalidSignature;
    }

    private static bool AreShort(Vec<string> urls)
    {
        if (urls.Length > Most) return false;
        foreach (string url in urls)
        {
            if (url.Length > LongestUrl) return false;
        }

        return true;
    }
}
