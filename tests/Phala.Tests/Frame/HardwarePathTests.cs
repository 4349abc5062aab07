using System.Diagnostics;
using Xunit;

namespace Phala.Tests.Frame;

/// <summary>
/// Every vector path and the portable path pass the same tests: this program again, with the processor's features hidden. The child checks that they are:
/// it is told by <see cref="Crypto.HiddenFeatureTests.Variable"/> what must be hidden.
/// </summary>
public sealed class HardwarePathTests(ITestOutputHelper output)
{
    private static readonly string[] VectorizedAreas = ["Phala.Tests.Crypto*", "Phala.Tests.Trie*"];

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX512")]
    public void TestsPassWithoutTheProcessorFeature(string feature)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Phala.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ProcessStartInfo info = new(program, ["-showLiveOutput", .. VectorizedAreas.SelectMany(area => new[] { "-namespace", area })])
        {
            RedirectStandardOutput = true,
            Environment = { [feature] = "0", [Crypto.HiddenFeatureTests.Variable] = feature },
        };
        using Process process = Process.Start(info)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        string? summary = text.Split('\n').LastOrDefault(line => line.Contains("Total:", StringComparison.Ordinal));
        output.WriteLine($"{feature}=0: {summary?.Trim()}");
        Assert.True(process.ExitCode == 0, text);
        Assert.Contains(Crypto.HiddenFeatureTests.Report(feature), text, StringComparison.Ordinal);
        Assert.NotNull(summary);
        Assert.DoesNotContain("Total: 0,", summary, StringComparison.Ordinal);
    }
}
