using System.Buffers.Binary;
using Phala.Crypto;
using Phala.Crypto.Encryption;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>What the members of a cluster know and nobody else: the command key of an epoch, and the root secret, which no epoch changes.</summary>
/// <remarks>
/// <para><b>Concept.</b> Two secrets, neither derived from the other. The command key opens commands and is erased when its epoch ends. From the root secret follow the identities of
/// the cluster and of its contracts, and what receipts are blinded and sealed with: the same on every member.</para>
/// <para><b>Encoding.</b> epoch u32 ‖ command key's private half ‖ root secret. It exists inside of wraps, and in what gatekeepers seal.</para>
/// </remarks>
public sealed class ClusterSecrets : IDisposable
{
    /// <summary>The length of a root secret in bytes.</summary>
    public const int RootLength = 32;

    /// <summary>The length in bytes of what accounts in the log are hashed with.</summary>
    public const int LogSaltLength = 32;

    /// <summary>The length of the encoding in bytes.</summary>
    public const int EncodedLength = sizeof(uint) + X25519.KeyLength + RootLength;

    private readonly SecretBytes _root;
    private readonly SecretBytes _derivationKey = new(32);

    /// <summary>Takes secrets, as copies.</summary>
    /// <param name="epoch">The command key's epoch.</param>
    /// <param name="commandKey">The command key's private half, 32 bytes.</param>
    /// <param name="root">The root secret, 32 bytes.</param>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    public ClusterSecrets(uint epoch, ReadOnlySpan<byte> commandKey, ReadOnlySpan<byte> root)
    {
        if (root.Length != RootLength) throw new ArgumentException("A root secret has 32 bytes.", nameof(root));
        Epoch = epoch;
        CommandKey = X25519KeyPair.FromPrivateKey(commandKey);
        _root = new SecretBytes(root);
        RootDerivation.Extract(root, _derivationKey.Span);
    }

    /// <summary>The command key's epoch.</summary>
    public uint Epoch { get; }

    /// <summary>What commands are sealed to. It ends with this object.</summary>
    public X25519KeyPair CommandKey { get; }

    /// <summary>The cluster's identity: what its messages to the chain are signed with. Disposing of it is the caller's.</summary>
    public Sr25519KeyPair DeriveClusterIdentity() => DeriveKeyPair("cluster identity"u8, []);

    /// <summary>A contract's identity. Disposing of it is the caller's.</summary>
    public Sr25519KeyPair DeriveContractIdentity(in Hash256 contract) => DeriveKeyPair("contract identity"u8, contract.AsSpan());

    /// <summary>A key that a contract derives for itself: the same on every member and in every epoch. Disposing of it is the caller's.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="salt">Which of its keys.</param>
    public Sr25519KeyPair DeriveContractKey(in Hash256 contract, ReadOnlySpan<byte> salt)
    {
        Span<byte> subject = stackalloc byte[2 * Hash256.Size];
        contract.AsSpan().CopyTo(subject);
        Blake2b.Hash256(salt, subject[Hash256.Size..]);
        return DeriveKeyPair("contract key"u8, subject);
    }

    /// <summary>What hides the outcome of a command in its commitment.</summary>
    /// <param name="message">The command.</param>
    /// <param name="blinder">Receives 32 bytes.</param>
    public void DeriveReceiptBlinder(in MessageId message, Span<byte> blinder) => Derive("receipt blinder"u8, message, blinder);

    /// <summary>What the ephemeral key of a command's sealed outcome is made of. There is one outcome to a command, so that it seals one plaintext.</summary>
    /// <param name="message">The command.</param>
    /// <param name="material">Receives 32 bytes.</param>
    public void DeriveReceiptEphemeral(in MessageId message, Span<byte> material) => Derive("receipt ephemeral"u8, message, material);

    /// <summary>What a member seals snapshots of the cluster's state under.</summary>
    /// <param name="key">Receives 32 bytes.</param>
    public void DeriveSnapshotKey(Span<byte> key)
    {
        RootDerivation.Fill(_derivationKey.Span, "cluster snapshot"u8, [], key);
        GC.KeepAlive(this);
    }

    /// <summary>What accounts are hashed with that stand in the log for who asked.</summary>
    /// <param name="salt">Receives <see cref="LogSaltLength"/> bytes.</param>
    public void DeriveLogSalt(Span<byte> salt)
    {
        RootDerivation.Fill(_derivationKey.Span, "log salt"u8, [], salt);
        GC.KeepAlive(this);
    }

    /// <summary>Zeroes the secrets.</summary>
    public void Dispose()
    {
        CommandKey.Dispose();
        _root.Dispose();
        _derivationKey.Dispose();
    }

    /// <summary>Reads an encoding.</summary>
    /// <param name="encoded"><see cref="EncodedLength"/> bytes. Wiping them is the caller's.</param>
    public static ClusterSecrets Read(ReadOnlySpan<byte> encoded) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(encoded), encoded.Slice(sizeof(uint), X25519.KeyLength), encoded[(sizeof(uint) + X25519.KeyLength)..]);

    /// <summary>Writes the encoding.</summary>
    /// <param name="encoded">Receives <see cref="EncodedLength"/> bytes. Wiping them is the caller's.</param>
    public void Write(Span<byte> encoded)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(encoded, Epoch);
        CommandKey.CopyPrivateKey(encoded.Slice(sizeof(uint), X25519.KeyLength));
        _root.Span.CopyTo(encoded[(sizeof(uint) + X25519.KeyLength)..]);
        GC.KeepAlive(this);
    }

    private void Derive(ReadOnlySpan<byte> label, in MessageId message, Span<byte> output)
    {
        Span<byte> id = stackalloc byte[64];
        bool fits = Codec.Scale.TryEncode(message, id, out int length);
        System.Diagnostics.Debug.Assert(fits, "A message's place has at most 45 bytes.");
        RootDerivation.Fill(_derivationKey.Span, label, id[..length], output);
        GC.KeepAlive(this);
    }

    private Sr25519KeyPair DeriveKeyPair(ReadOnlySpan<byte> label, ReadOnlySpan<byte> subject)
    {
        using SecretBytes seed = new(Sr25519.SeedLength);
        RootDerivation.Fill(_derivationKey.Span, label, subject, seed.Span);
        GC.KeepAlive(this);
        return Sr25519KeyPair.FromSeed(seed.Span);
    }
}
