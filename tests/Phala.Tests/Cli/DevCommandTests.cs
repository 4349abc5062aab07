using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Phala.Testing;
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
    public async Task It_shows_an_auction_of_sealed_bids_and_goes_on_after_Ctrl_C()
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
        Assert.Equal(Shape(ReadmeTranscript()), Shape(transcript));
    }

    [Fact(Timeout = Patience)]
    public async Task An_interrupted_start_leaves_nothing_behind()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Process groups and /proc.");
        using PhalaProcess dev = new(["dev", "--json", "--base-path", _folder, .. Short]);
        await dev.ReadUntilAsync("workers (attestation");
        JsonElement[] stages = [.. dev.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["node", "2 workers (attestation: none, development)"], stages.Select(stage => stage.GetProperty("what").GetString()));
        Assert.All(stages, stage => Assert.True(stage.GetProperty("event").GetString() == "stage" && stage.GetProperty("seconds").GetDouble() >= 0));
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

    /// <summary>What the README's first screen says that <c>phala dev --once</c> prints.</summary>
    private static string ReadmeTranscript()
    {
        string readme = File.ReadAllText(Repository.Path("README.md"));
        Match block = TranscriptPattern().Match(readme);
        Assert.True(block.Success && readme.Contains("--project src/tools/Phala.Cli -- dev --once\n```", StringComparison.Ordinal), "the README shows no transcript of phala dev --once");
        return block.Groups[1].Value;
    }

    /// <summary>A transcript without what varies: times, places in the queue, blocks, whether another entry came meanwhile, and the ends of what was sealed.</summary>
    private static string Shape(string transcript)
    {
        string shape = transcript.ReplaceLineEndings("\n").Trim();
        shape = Regex.Replace(shape, @" *\d+\.\d s", " S s");
        shape = Regex.Replace(shape, @"message \d+ of entry \d+", "message N of entry N");
        shape = Regex.Replace(shape, @"for \d+ s\.", "for S s.");
        shape = Regex.Replace(shape, @"block \d+", "block N").Replace(", Unanchored)", ", Anchored)", StringComparison.Ordinal);
        return Regex.Replace(shape, "…[0-9a-f]{24}", "…HEX");
    }

    /// <summary>Asserts what the demonstration says; the last block that it names.</summary>
    private static uint AssertDemonstration(string transcript)
    {
        MatchCollection receipts = ReceiptPattern().Matches(transcript);
        Assert.Equal(3, receipts.Count);
        Assert.Matches("""Eve: winner\(\)\n.*\n    answer: .*StillOpen.* \(.*\): verified""", transcript);
        Assert.Matches("""Bob: my_bid\(\)\n.*\n    answer: 120000000000000 \(.*\): verified""", transcript);
        Assert.Matches("""Eve: winner\(\)\n.*\n    answer: .*Charlie.*150000000000000.* \(.*\): verified""", transcript);
        Assert.Contains("Everything was as it should be.", transcript, StringComparison.Ordinal);
        return uint.Parse(receipts[2].Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("```\n(Starting a development network.*?)```", RegexOptions.Singleline)]
    private static partial Regex TranscriptPattern();

    [GeneratedRegex(@"    receipt: Succeeded, reported by the cluster in final block (\d+): verified")]
    private static partial Regex ReceiptPattern();
}
