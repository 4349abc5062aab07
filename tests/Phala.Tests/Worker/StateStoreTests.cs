using System.Text;
using Phala.Tests.Node.Storage;
using Phala.Worker.Persistence;
using Phala.Worker.Sealing;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What a store gives back is a prefix of what it was given, whatever happened in between.</summary>
public sealed class StateStoreTests
{
    private const string Folder = "/data";
    private readonly FixedSealing _sealing = new(3);

    [Fact]
    public void After_the_loss_of_power_at_any_operation_a_prefix_is_there_with_all_that_was_flushed()
    {
        MemoryFileSystem whole = new();
        Script(new FilesInMemory(whole), out int steps);
        Assert.True(whole.Operations > 40, "The script writes little.");
        Random random = new(5);
        HashSet<int> lengths = [];
        for (int at = 0; at < whole.Operations; at++)
        {
            for (int each = 0; each < 4; each++)
            {
                MemoryFileSystem files = new() { FailAt = at, LosesPower = true };
                int durable = Script(new FilesInMemory(files), out _);
                MemoryFileSystem after = each == 0 ? files.AfterKill() : files.AfterPowerLoss(random);
                int found = Check(new FilesInMemory(after), durable);
                lengths.Add(found);
            }
        }

        Assert.Contains(-1, lengths);
        Assert.Contains(steps, lengths);
        Assert.True(lengths.Count > 10, "It was always the same.");
    }

    [Fact]
    public void A_changed_byte_anywhere_is_passed_over_and_what_is_read_stays_a_prefix()
    {
        MemoryFileSystem whole = new();
        Script(new FilesInMemory(whole), out int steps);
        Random random = new(11);
        int changed = 0;
        foreach (string path in whole.Files.Keys.ToArray())
        {
            for (int each = 0; each < 40; each++)
            {
                MemoryFileSystem copy = whole.AfterKill();
                MemoryFile file = copy.Files[path];
                byte[] one = new byte[1];
                long at = random.Next(file.Length);
                file.Read(at, one);
                one[0] ^= (byte)(1 << random.Next(8));
                file.Write(at, one);
                changed += Check(new FilesInMemory(copy), 0) == steps ? 0 : 1;
            }
        }

        Assert.True(changed > 20, "Changes were not seen.");
    }

    [Fact]
    public void A_damaged_snapshot_is_replaced_by_the_one_before_and_both_logs()
    {
        MemoryFileSystem files = new();
        Script(new FilesInMemory(files), out int steps);
        string newest = files.Files.Keys.Where(path => path.EndsWith(".snap", StringComparison.Ordinal)).Max(StringComparer.Ordinal)!;
        files.Files[newest].Write(30, [1, 2, 3, 4]);
        using StateStore store = StateStore.Open(new FilesInMemory(files), Folder, _sealing, 3, out Restored found);
        Assert.Single(found.Damaged);
        Assert.Equal(steps, Read(found));
    }

    [Fact]
    public void Logs_of_other_runs_are_not_continued()
    {
        MemoryFileSystem first = new(), second = new();
        Script(new FilesInMemory(first), out _);
        using (StateStore other = StateStore.Open(new FilesInMemory(second), Folder, _sealing, 3, out _))
        {
            other.Begin(Bytes(0));
            other.Append(Bytes(77));
            other.Begin(Bytes(100));
            other.Append(Bytes(101));
            other.Flush();
        }

        // The host puts the log of another run behind the snapshot: its records are not those of this run.
        MemoryFileSystem mixed = first.AfterKill();
        string log = $"{Folder}/state-2.log";
        byte[] bytes = new byte[second.Files[log].Length];
        second.Files[log].Read(0, bytes);
        mixed.Files[log].SetLength(0);
        mixed.Files[log].Write(0, bytes);
        foreach (string path in mixed.Files.Keys.Where(path => path.EndsWith("state-2.snap", StringComparison.Ordinal) || path.EndsWith("state-3.snap", StringComparison.Ordinal) || path.EndsWith("state-3.log", StringComparison.Ordinal)).ToArray()) new FilesInMemory(mixed).Delete(path);
        using StateStore store = StateStore.Open(new FilesInMemory(mixed), Folder, _sealing, 3, out Restored found);
        Assert.DoesNotContain(found.Records, record => record.AsSpan().SequenceEqual(Bytes(101)));
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        MemoryFileSystem files = new();
        Script(new FilesInMemory(files), out _);
        using StateStore store = StateStore.Open(new FilesInMemory(files), Folder, new FixedSealing(4), 3, out Restored found);
        Assert.Null(found.Snapshot);
        Assert.Equal(3, found.Damaged.Count);
    }

    [Fact]
    public void Generations_beyond_those_that_are_kept_are_removed()
    {
        FilesInMemory files = new();
        using (StateStore store = StateStore.Open(files, Folder, _sealing, 2, out _))
        {
            for (int at = 0; at < 6; at++) store.Begin(Bytes(at));
        }

        Assert.Equal(["state-5.log", "state-5.snap", "state-6.log", "state-6.snap"], files.List(Folder));
    }

    [Fact]
    public void A_sealed_file_is_for_one_purpose_and_one_key()
    {
        FilesInMemory files = new();
        SealedFile.Write(files, "/data/x", _sealing, "one"u8, "content"u8);
        Assert.Equal(SealError.None, SealedFile.TryRead(files, "/data/x", _sealing, "one"u8, out Phala.Crypto.SecretBytes? content));
        Assert.Equal("content", Encoding.UTF8.GetString(content!.Span));
        Assert.Equal(SealError.NotOpened, SealedFile.TryRead(files, "/data/x", _sealing, "two"u8, out _));
        Assert.Equal(SealError.NotOpened, SealedFile.TryRead(files, "/data/x", new FixedSealing(4), "one"u8, out _));
        Assert.Equal(SealError.Missing, SealedFile.TryRead(files, "/data/y", _sealing, "one"u8, out _));
        files.Inner.Files["/data/x"].SetLength(10);
        Assert.Equal(SealError.UnknownFormat, SealedFile.TryRead(files, "/data/x", _sealing, "one"u8, out _));
    }

    /// <summary>Writes records 1, 2, 3, … over three generations; the snapshot of a generation is the number of the record before.</summary>
    /// <returns>The last record that was durable, -1 before the first snapshot was.</returns>
    private int Script(FilesInMemory files, out int steps)
    {
        (int durable, int next) = (-1, 0);
        steps = 0;
        try
        {
            using StateStore store = StateStore.Open(files, Folder, _sealing, 3, out _);
            for (int generation = 0; generation < 3; generation++)
            {
                store.Begin(Bytes(next));
                durable = next;
                for (int record = 0; record < 5; record++)
                {
                    store.Append(Bytes(++next));
                    if (record % 2 == 0) continue;
                    store.Flush();
                    durable = next;
                }
            }

            store.Flush();
            steps = durable = next;
        }
        catch (IOException)
        {
            // Power is gone.
        }

        return durable;
    }

    private int Check(FilesInMemory files, int durable)
    {
        using StateStore store = StateStore.Open(files, Folder, _sealing, 3, out Restored found);
        int last = Read(found);
        Assert.True(last >= durable, $"{durable} was durable, and {last} is there");

        // And it goes on from there.
        store.Begin(Bytes(Math.Max(0, last)));
        store.Append(Bytes(Math.Max(0, last) + 1));
        store.Flush();
        using StateStore again = StateStore.Open(files, Folder, _sealing, 3, out Restored then);
        Assert.Equal(Math.Max(0, last) + 1, Read(then));
        return last;
    }

    /// <summary>The number of the last record; -1 where there is no snapshot.</summary>
    private static int Read(Restored found)
    {
        if (found.Snapshot is null) return -1;
        int number = Number(found.Snapshot);
        foreach (byte[] record in found.Records)
        {
            Assert.Equal(number + 1, Number(record));
            number++;
        }

        return number;
    }

    private static byte[] Bytes(int number) => [.. Encoding.UTF8.GetBytes($"record {number} "), .. new byte[number * 37 % 600]];

    private static int Number(byte[] bytes) => int.Parse(Encoding.UTF8.GetString(bytes).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
