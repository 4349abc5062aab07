using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala dev</c>, as a user starts and stops it.</summary>
public sealed partial class DevCommandTests : IDisposable
{
    private const int Patience = 300_000;
    private static readonly string[] Short = ["--block-millisecs", "250"];
    private readonly string _folder = Directory.CreateTempSubdirectory("phala-dev-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = Patience)]
    public async Task It_shows_verified_receipts_Bobs_answer_and_Eves_refusal_and_goes_on_after_Ctrl_C()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Process groups and /proc.");
        uint first;
        using (PhalaProcess dev = new(["dev", "--base-path", _folder, .. Short]))
        {
            await dev.ReadUntilAsync("metrics");
            first = AssertDemonstration(dev.Output);
            (int refused, _, string why) = await PhalaProcess.RunAsync("dev", "--once", "--base-path", _folder);
            Assert.Equal((1, $"error: Another network uses {_folder}: stop it, or choose another --base-path."), (refused, why.Trim()));
            Assert.Equal(["phala", "phala-node", "pherry", "pruntime", "pruntime"], dev.Living().Select(name => name.Replace(".host", "", StringComparison.Ordinal)));

            dev.Interrupt();
            (int code, string output, string errors) = await dev.EndAsync();
            Assert.Equal((0, ""), (code, errors));
            Assert.EndsWith("Stopping.", output, StringComparison.Ordinal);
            Assert.Empty(dev.Living());
        }

        Assert.False(File.Exists(Path.Combine(_folder, "lock")));
        Assert.True(Directory.Exists(Path.Combine(_folder, "node")));

        using PhalaProcess second = new(["dev", "--once", "--base-path", _folder, .. Short]);
        (int again, string transcript, string problems) = await second.EndAsync();
        Assert.True(again == 0, problems);
        Assert.True(AssertDemonstration(transcript) > first, "the chain began anew");
        Assert.Empty(second.Living());
    }

    [Fact(Timeout = Patience)]
    public async Task An_interrupted_start_leaves_nothing_behind()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Process groups and /proc.");
        using PhalaProcess dev = new(["dev", "--base-path", _folder, .. Short]);
        await dev.ReadUntilAsync("workers (attestation");
        dev.Interrupt();
        Assert.Equal(130, (await dev.EndAsync()).Code);
        Assert.Empty(dev.Living());
        Assert.False(File.Exists(Path.Combine(_folder, "lock")));
    }

    [Fact(Timeout = Patience)]
    public async Task An_attack_that_is_refused_ends_with_0_and_says_so()
    {
        (int code, string output, string errors) = await PhalaProcess.RunAsync("attack", "replay");
        Assert.True(code == 0, errors);
        Assert.EndsWith("Nothing got through.", output, StringComparison.Ordinal);
    }

    /// <summary>Asserts what the demonstration says; the last block that it names.</summary>
    private static uint AssertDemonstration(string transcript)
    {
        MatchCollection receipts = ReceiptPattern().Matches(transcript);
        Assert.Equal(2, receipts.Count);
        Assert.Matches("""Bob: read\(Alice, "answer"\)\n.*\n    answer: "the answer is 42" \(.*\): verified""", transcript);
        Assert.Matches("""Eve: read\(Alice, "answer"\)\n.*\n    answer: refused: NotAllowed \(.*\): verified""", transcript);
        Assert.Contains("Everything was as it should be.", transcript, StringComparison.Ordinal);
        return uint.Parse(receipts[1].Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"    receipt: Succeeded, reported by the cluster in final block (\d+): verified")]
    private static partial Regex ReceiptPattern();
}
