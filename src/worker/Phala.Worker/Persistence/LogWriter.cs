using System.Buffers.Binary;
using System.Security.Cryptography;
using Phala.Worker.Files;
using Phala.Worker.Sealing;

namespace Phala.Worker.Persistence;

/// <summary>Writes a log. A file is written by one program run alone: after a restart another one begins, so that no nonce is used twice.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly IOpenFile _file;
    private readonly AesGcm _cipher;
    private byte[] _chain;
    private ulong _number;

    private LogWriter(IOpenFile file, AesGcm cipher, byte[] header) => (_file, _cipher, _chain, Length) = (file, cipher, header, header.Length);

    /// <summary>The bytes that were written.</summary>
    public long Length { get; private set; }

    /// <summary>What the next log continues: the tag of the last record; of a log without records nothing of its own follows, and it is the hash of the header.</summary>
    public byte[] Chain => _number == 0 ? SHA256.HashData(_chain)[..LogFormat.TagLength] : _chain;

    /// <summary>Begins a log. Its name is durable when it returns.</summary>
    public static LogWriter Create(IFileSystem files, string path, ISealingProvider sealing, ulong generation, ReadOnlySpan<byte> chain)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(LogFormat.SaltLength), header = LogFormat.Header(generation, salt, chain);
        IOpenFile file = files.Open(path, create: true)!;
        try
        {
            file.SetLength(0);
            file.Write(0, header);
            file.Flush();
            files.FlushDirectory(Path.GetDirectoryName(path)!);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new LogWriter(file, LogFormat.Cipher(sealing, salt), header);
    }

    /// <summary>Adds a record.</summary>
    public void Append(ReadOnlySpan<byte> record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, LogFormat.LongestRecord);
        byte[] bytes = new byte[sizeof(uint) + record.Length + LogFormat.TagLength];
        Span<byte> nonce = stackalloc byte[LogFormat.NonceLength];
        LogFormat.Nonce(_number, nonce);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)record.Length);
        _cipher.Encrypt(nonce, record, bytes.AsSpan(sizeof(uint), record.Length), bytes.AsSpan(sizeof(uint) + record.Length), _chain);
        _file.Write(Length, bytes);
        Length += bytes.Length;
        _number++;
        _chain = bytes[^LogFormat.TagLength..];
    }

    /// <summary>Makes all records durable.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _cipher.Dispose();
    }
}
