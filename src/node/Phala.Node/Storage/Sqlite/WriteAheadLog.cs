using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Phala.Node.Storage.Files;

namespace Phala.Node.Storage.Sqlite;

/// <summary>SQLite's write-ahead log (sqlite.org/fileformat2.html, section 4), looked at before SQLite does.</summary>
/// <remarks>
/// SQLite takes the log to end at the first frame whose checksum is wrong. That is right where the last transaction was being written when power failed, and silently
/// loses blocks where an earlier frame has rotted. The two can be told apart: a transaction begins only after the one before was flushed. So a wrong frame that is followed by the end
/// of its transaction and by that of another one was durable, and has been damaged since. Damage to the last transaction alone cannot be told from an interrupted write.
/// </remarks>
internal static class WriteAheadLog
{
    /// <summary>What the log's name has after the database's.</summary>
    public const string Suffix = "-wal";

    private const int HeaderSize = 32, FrameHeaderSize = 24, SaltOffset = 16, SaltSize = 8, FrameSaltOffset = 8;

    /// <summary>Whether the log's end is an end that an interrupted write can leave.</summary>
    public static bool IsWhole(IFileSystem files, string path)
    {
        using IStorageFile? file = files.Exists(path) ? files.Open(path, create: false) : null;
        byte[] header = new byte[HeaderSize];
        if (file is null || file.Read(0, header) < HeaderSize) return true;
        bool bigEndian = (BinaryPrimitives.ReadUInt32BigEndian(header) & 1) != 0;
        Checksum sum = new(bigEndian);
        sum.Add(header.AsSpan(0, 24));
        if (sum.Matches(header.AsSpan(24))) return CountCommits(file, header, sum) < 2;

        // The header is flushed before the first frame, and lies in one sector: it is whole, or a hole where nothing was acknowledged.
        return !header.AsSpan().ContainsAnyExcept((byte)0);
    }

    /// <summary>The commits from the first wrong frame on that belong to this round of the log.</summary>
    private static int CountCommits(IStorageFile file, ReadOnlySpan<byte> header, Checksum? running)
    {
        byte[] frame = new byte[FrameHeaderSize + Page.Size];
        int commits = 0;
        for (long offset = HeaderSize; file.Read(offset, frame) == frame.Length; offset += frame.Length)
        {
            bool isOfRound = frame.AsSpan(FrameSaltOffset, SaltSize).SequenceEqual(header.Slice(SaltOffset, SaltSize));
            if (running is { } sum)
            {
                sum.Add(frame.AsSpan(0, 8));
                sum.Add(frame.AsSpan(FrameHeaderSize));
                running = isOfRound && sum.Matches(frame.AsSpan(16, 8)) ? sum : null;
            }

            // A commit names the length of the database after it, another frame 0.
            if (running is null && isOfRound && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0) commits++;
        }

        return commits;
    }

    /// <summary>The running checksum of the log: two sums over 32-bit words, in the byte order of the machine that wrote it.</summary>
    private struct Checksum(bool bigEndian)
    {
        private uint _first, _second;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
            for (int index = 0; index < words.Length; index += 2)
            {
                _first += Word(words[index]) + _second;
                _second += Word(words[index + 1]) + _first;
            }
        }

        public readonly bool Matches(ReadOnlySpan<byte> stored) =>
            BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

        private readonly uint Word(uint raw) => bigEndian == BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(raw) : raw;
    }
}
