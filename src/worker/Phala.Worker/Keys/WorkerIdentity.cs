using System.Security.Cryptography;
using Phala.Chain;
using Phala.Codec;
using Phala.Crypto;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;
using Phala.Worker.Files;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Sealing;

namespace Phala.Worker.Keys;

/// <summary>Who the worker is: an sr25519 key that is sealed, and the chain that it is for. It says who owns the registration, and opens nothing.</summary>
internal sealed class WorkerIdentity : IDisposable
{
    /// <summary>The sealed file's name.</summary>
    public const string FileName = "identity.seal";

    private const int SeedLength = 32;
    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly ISealingProvider _sealing;
    private readonly SecretBytes _seed;
    private readonly Sr25519KeyPair _keys;
    private IdentityRecord _record;

    private WorkerIdentity(IFileSystem files, string path, ISealingProvider sealing, SecretBytes seed, in IdentityRecord record)
    {
        (_files, _path, _sealing, _seed, _record) = (files, path, sealing, seed, record);
        _keys = Sr25519KeyPair.FromSeed(seed.Span);
        PublicKey = new Sr25519PublicKey(_keys.PublicKey);
    }

    /// <summary>The identity key.</summary>
    public Sr25519PublicKey PublicKey { get; }

    /// <summary>The chain that it is for.</summary>
    public Hash256? Genesis => _record.Genesis.TryGet(out Hash256 genesis) ? genesis : null;

    /// <summary>Where the worker takes the queue's position from.</summary>
    public QueueSource Source => _record.Source;

    /// <summary>Who runs the worker.</summary>
    public Option<AccountId> Operator => _record.Operator;

    private static ReadOnlySpan<byte> Purpose => "worker identity"u8;

    /// <summary>Opens the identity of a folder.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="sealing">What seals.</param>
    /// <param name="identity">The identity.</param>
    public static SealError TryOpen(IFileSystem files, string folder, ISealingProvider sealing, out WorkerIdentity? identity)
    {
        identity = null;
        string path = Path.Combine(folder, FileName);
        SealError error = SealedFile.TryRead(files, path, sealing, Purpose, out SecretBytes? content);
        if (error != SealError.None) return error;
        using (content)
        {
            if (content!.Length < SeedLength || !Scale.Decode<IdentityRecord>(content.Span[SeedLength..]).TryGet(out IdentityRecord record) || record.Version != IdentityRecord.Current) return SealError.BadContent;
            identity = new WorkerIdentity(files, path, sealing, new SecretBytes(content.Span[..SeedLength]), record);
            return SealError.None;
        }
    }

    /// <summary>Makes a new identity and seals it.</summary>
    public static WorkerIdentity Create(IFileSystem files, string folder, ISealingProvider sealing)
    {
        SecretBytes seed = new(SeedLength);
        RandomNumberGenerator.Fill(seed.Span);
        WorkerIdentity identity = new(files, Path.Combine(folder, FileName), sealing, seed, new IdentityRecord(IdentityRecord.Current, default, default, default));
        identity.Write();
        return identity;
    }

    /// <summary>Binds the identity to a chain, and to the first operator that is named, for good: whoever reaches the listener could otherwise name himself, and take the worker out of its clusters.</summary>
    /// <returns>False where it is bound to another one, or follows it in another way.</returns>
    public bool TryBind(in Hash256 genesis, QueueSource source, Option<AccountId> @operator)
    {
        if (Genesis is { } bound && (bound != genesis || _record.Source != source)) return false;
        IdentityRecord next = new(IdentityRecord.Current, new Option<Hash256>(genesis), source, _record.Operator.IsSome ? _record.Operator : @operator);
        if (next == _record) return true;
        _record = next;
        Write();
        return true;
    }

    /// <summary>Signs with the identity key.</summary>
    public Sr25519SignatureBytes Sign(ReadOnlySpan<byte> message) => Signing.Sign(_keys, message);

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        _seed.Dispose();
    }

    private void Write()
    {
        byte[] record = Scale.Encode(_record);
        using SecretBytes content = new(SeedLength + record.Length);
        _seed.Span.CopyTo(content.Span);
        record.CopyTo(content.Span[SeedLength..]);
        SealedFile.Write(_files, _path, _sealing, Purpose, content.Span);
    }
}
