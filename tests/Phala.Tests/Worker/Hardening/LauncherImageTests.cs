using Phala.Testing;
using Xunit;

namespace Phala.Tests.Worker.Hardening;

/// <summary>The launcher in the repository is the one that can be read.</summary>
public sealed class LauncherImageTests
{
    [Fact]
    public async Task The_launcher_is_made_of_the_instructions_that_are_written_down()
    {
        string path = Repository.Path("src/worker/Phala.Worker/Hardening/pruntime");
        byte[] image = LauncherImage.Build();
        if (!File.Exists(path))
        {
            await File.WriteAllBytesAsync(path, image, TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            Assert.Fail($"{path} was missing, and has been written. Build again.");
        }

        byte[] stored = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.True(image.AsSpan().SequenceEqual(stored), $"{path} is another program. Delete it and run this test to have it written.");
    }
}
