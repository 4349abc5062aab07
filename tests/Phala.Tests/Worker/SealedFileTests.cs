using Phala.Crypto;
using Phala.Tests.Node.Storage;
using Phala.Worker.Sealing;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What is sealed is read as it was written, however long it is, or not at all.</summary>
public sealed class SealedFileTests
{
    private const string Path = "/data/file";

    private const int Chunk = 1024 * 1024, Header = 7 + 16, Tag = 16;

    private static readonly byte[] Purpose = "a test"u8.ToArray();

    private readonly FilesInMemory _files = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(2 * Chunk)]
    [InlineData((3 * Chunk) + 5)]
    [InlineData(65 * Chunk)]
    public void Whatever_is_written_can_be_read(int length)
    {
        byte[] content = Content(length);
        SealedFile.Write(_files, Path, new FixedSealing(1), Purpose, content);
        Assert.Equal(SealError.None, Read(out byte[] read));
        Assert.True(content.AsSpan().SequenceEqual(read), "another content is read");
        int chunks = Math.Max(1, (length + Chunk - 1) / Chunk);
        Assert.Equal(length <= Chunk ? 7 + 12 + length + Tag : Header + length + (chunks * Tag), Sealed().Length);
    }

    [Fact]
    public void A_long_file_that_was_changed_cut_off_or_put_together_otherwise_does_not_open()
    {
        SealedFile.Write(_files, Path, new FixedSealing(1), Purpose, Content((3 * Chunk) + 5));
        byte[] good = Sealed();
        int full = Chunk + Tag;
        for (int chunks = 0; chunks <= 3; chunks++)
        {
            int end = Header + (chunks * full);
            Refused(good[..end]);
            Refused(good[..(end + 3)]);
            Refused([.. good[..end], (byte)(good[end] ^ 1), .. good[(end + 1)..]]);
        }

        for (int at = 0; at < Header; at++) Refused([.. good[..at], (byte)(good[at] ^ 4), .. good[(at + 1)..]]);
        Refused([.. good[..Header], .. good[(Header + full)..(Header + (2 * full))], .. good[Header..(Header + full)], .. good[(Header + (2 * full))..]]);
        Refused([.. good, 0]);
        Refused([.. good, .. good[^21..]]);
        Put(good);
        Assert.Equal(SealError.None, Read(out _));
        Assert.Equal(SealError.NotOpened, Read(out _, mark: 2));
        Assert.Equal(SealError.NotOpened, Read(out _, purpose: "another test"));
    }

    [Fact]
    public void A_file_that_the_host_made_longer_takes_no_room_for_its_length()
    {
        const int added = 64 * Chunk;
        SealedFile.Write(_files, Path, new FixedSealing(1), Purpose, Content((2 * Chunk) + 5));
        Put([.. Sealed(), .. new byte[added]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(SealError.NotOpened, Read(out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, added / 8);
    }

    [Fact]
    public void No_two_files_of_one_content_are_alike()
    {
        byte[] content = Content(Chunk + 1);
        SealedFile.Write(_files, Path, new FixedSealing(1), Purpose, content);
        byte[] first = Sealed();
        SealedFile.Write(_files, Path, new FixedSealing(1), Purpose, content);
        Assert.False(first.AsSpan(Header, 64).SequenceEqual(Sealed().AsSpan(Header, 64)));
    }

    [Fact]
    public void A_kill_in_between_leaves_the_old_long_content_or_the_new()
    {
        byte[] old = Content((2 * Chunk) + 1), next = Content((2 * Chunk) + 9);
        MemoryFileSystem whole = new();
        SealedFile.Write(new FilesInMemory(whole), Path, new FixedSealing(1), Purpose, old);
        int before = whole.Operations;
        SealedFile.Write(new FilesInMemory(whole), Path, new FixedSealing(1), Purpose, next);
        HashSet<int> seen = [];
        for (int at = before; at < whole.Operations; at++)
        {
            MemoryFileSystem files = new() { FailAt = at, LosesPower = true };
            SealedFile.Write(new FilesInMemory(files), Path, new FixedSealing(1), Purpose, old);
            Assert.Throws<IOException>(() => SealedFile.Write(new FilesInMemory(files), Path, new FixedSealing(1), Purpose, next));
            for (int seed = 0; seed < 4; seed++)
            {
                Assert.Equal(SealError.None, SealedFile.TryRead(new FilesInMemory(files.AfterPowerLoss(new Random(seed))), Path, new FixedSealing(1), Purpose, out SecretBytes? content));
                using (content) seen.Add(content!.Length);
            }
        }

        Assert.Equal([old.Length, next.Length], seen.Order());
    }

    private static byte[] Content(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private byte[] Sealed()
    {
        using Phala.Worker.Files.IOpenFile file = _files.Open(Path, create: false)!;
        byte[] bytes = new byte[file.Length];
        Assert.Equal(bytes.Length, file.Read(0, bytes));
        return bytes;
    }

    private void Put(byte[] bytes)
    {
        using Phala.Worker.Files.IOpenFile file = _files.Open(Path, create: true)!;
        file.SetLength(0);
        file.Write(0, bytes);
    }

    private void Refused(byte[] bytes)
    {
        Put(bytes);
        Assert.NotEqual(SealError.None, Read(out _));
    }

    private SealError Read(out byte[] read, byte mark = 1, string purpose = "a test")
    {
        SealError error = SealedFile.TryRead(_files, Path, new FixedSealing(mark), System.Text.Encoding.ASCII.GetBytes(purpose), out SecretBytes? content);
        Assert.Equal(error == SealError.None, content is not null);
        using (content) read = content is null ? [] : content.Span.ToArray();
        return error;
    }
}
