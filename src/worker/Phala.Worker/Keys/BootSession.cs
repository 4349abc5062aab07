using System.Security.Cryptography;
using Phala.Chain;
using Phala.Crypto;
using Phala.Crypto.Encryption;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Worker.Attestation;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Worker.Keys;

/// <summary>One run of the program: keys and a nonce that live in memory alone.</summary>
/// <remarks><b>Trust.</b> What is wrapped to the session opens only with the hash of a block that this run itself claimed: a worker that was fed another history opens nothing.</remarks>
internal sealed class BootSession : IDisposable
{
    /// <summary>So many claimed blocks are remembered: a wrap names the one that was recorded when it was made.</summary>
    private const int ClaimsRemembered = 64;

    private readonly Sr25519KeyPair _signing;
    private readonly List<Hash256> _claimed = [];

    private BootSession(Sr25519KeyPair signing, X25519KeyPair encryption, in BootNonce nonce)
    {
        (_signing, Encryption, Nonce) = (signing, encryption, nonce);
        SigningKey = new Sr25519PublicKey(signing.PublicKey);
        EncryptionKey = new X25519PublicKey(encryption.PublicKey);
    }

    /// <summary>The key that names the session.</summary>
    public Sr25519PublicKey SigningKey { get; }

    /// <summary>What secrets and queries are sealed to.</summary>
    public X25519PublicKey EncryptionKey { get; }

    /// <summary>Its private half. It ends with this object.</summary>
    public X25519KeyPair Encryption { get; }

    /// <summary>The signing key's private half. It ends with this object.</summary>
    public Sr25519KeyPair Signer => _signing;

    /// <summary>What distinguishes this run.</summary>
    public BootNonce Nonce { get; }

    /// <summary>Draws keys and nonce.</summary>
    public static BootSession Create()
    {
        using SecretBytes seeds = new(64);
        RandomNumberGenerator.Fill(seeds.Span);
        return new BootSession(Sr25519KeyPair.FromSeed(seeds.Span[..32]), X25519KeyPair.FromPrivateKey(seeds.Span[32..]), new BootNonce(RandomNumberGenerator.GetBytes(BootNonce.Size)));
    }

    /// <summary>Signs with the session's key.</summary>
    public Sr25519SignatureBytes Sign(ReadOnlySpan<byte> message) => Signing.Sign(_signing, message);

    /// <summary>Makes a claim of the session at a block.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="identity">The worker.</param>
    /// <param name="lease">0, or one more than the chain has.</param>
    /// <param name="block">The newest block that is final.</param>
    /// <param name="queue">The queue's position there.</param>
    /// <param name="attestation">What vouches.</param>
    public SignedSessionClaim Claim(in Hash256 genesis, WorkerIdentity identity, uint lease, in BlockId block, in QueueHead queue, IAttestationProvider attestation)
    {
        SessionClaim claim = new(genesis, identity.PublicKey, SigningKey, EncryptionKey, Nonce, lease, block, queue);
        ReportData data = claim.ReportData();
        Remember(block.Hash);
        return new SignedSessionClaim(claim, attestation.Attest(data), identity.Sign(data.AsSpan()), Sign(data.AsSpan()));
    }

    /// <summary>Opens what the gatekeeper wrapped to this session.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="wrapped">The wrap.</param>
    /// <returns>The secrets; null where it does not open.</returns>
    public ClusterSecrets? TryUnwrap(in Hash256 genesis, in Hash256 cluster, uint epoch, ReadOnlySpan<byte> wrapped)
    {
        for (int at = _claimed.Count - 1; at >= 0; at--)
        {
            KeyWrapContext context = new(genesis, cluster, epoch, SigningKey, _claimed[at]);
            if (KeyWrap.TryOpen(context, Encryption, wrapped, out ClusterSecrets? secrets) == EnvelopeError.None) return secrets;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signing.Dispose();
        Encryption.Dispose();
    }

    private void Remember(in Hash256 block)
    {
        if (_claimed.Contains(block)) return;
        if (_claimed.Count == ClaimsRemembered) _claimed.RemoveAt(1); // The first claim, which wraps are made for, stays.
        _claimed.Add(block);
    }
}
