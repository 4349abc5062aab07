using Phala.Tests.Node.Storage;
using Phala.Worker.Files;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A file is written wholly or not at all, and is there for good when that is said.</summary>
public sealed class WholeFileTests
{
    private const string Path = "/data/file";

    [Fact]
    public void What_was_written_survives_a_loss_of_power_right_after()
    {
        MemoryFileSystem files = new();
        for (byte version = 1; version <= 3; version++)
        {
            byte[] content = [version, version, version];
            WholeFile.Write(new FilesInMemory(files), Path, content);
            for (int seed = 0; seed < 20; seed++) Assert.Equal(content, Read(files.AfterPowerLoss(new Random(seed))));
        }
    }

    [Fact]
    public void A_loss_of_power_in_between_leaves_the_old_content_or_the_new()
    {
        MemoryFileSystem whole = new();
        WholeFile.Write(new FilesInMemory(whole), Path, [1, 1]);
        int before = whole.Operations;
        WholeFile.Write(new FilesInMemory(whole), Path, [2, 2, 2]);
        HashSet<int> seen = [];
        for (int at = before; at < whole.Operations; at++)
        {
            for (int seed = 0; seed < 20; seed++)
            {
                MemoryFileSystem files = new() { FailAt = at, LosesPower = true };
                WholeFile.Write(new FilesInMemory(files), Path, [1, 1]);
                Assert.Throws<IOException>(() => WholeFile.Write(new FilesInMemory(files), Path, [2, 2, 2]));
                byte[]? found = Read(files.AfterPowerLoss(new Random(seed)));
                Assert.True(found is [1, 1] or [2, 2, 2], found is null ? "there is none" : Convert.ToHexString(found));
                seen.Add(found!.Length);
            }
        }

        Assert.Equal([2, 3], seen.Order());
    }

    private static byte[]? Read(MemoryFileSystem files) => WholeFile.Read(new FilesInMemory(files), Path, 100);
}
