using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Phala.Node.Host;
using Phala.Tests.Node.Rpc;
using Phala.Terminal;
using Xunit;

namespace Phala.Tests.Node.Host;

/// <summary>Log lines and progress, for people and for programs.</summary>
public sealed class LogTests
{
    [Theory]
    [InlineData(LogLevel.Information, " Imported #1 with \"quotes\"")]
    [InlineData(LogLevel.Warning, " WARN consensus: Imported #1 with \"quotes\"")]
    [InlineData(LogLevel.Error, " ERROR consensus: Imported #1 with \"quotes\"")]
    public void ALineForPeopleSaysWhatIsUnusual(LogLevel level, string end)
    {
        string line = Write(new TextLogFormatter(new ManualTime(), hasColor: false), level, "Imported #1 with \"quotes\"");
        Assert.EndsWith(end, line, StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", line);
        Assert.DoesNotContain('\e', line);
    }

    [Fact]
    public void ColourIsForWarningsOnATerminal()
    {
        Assert.Contains("\e[33m", Write(new TextLogFormatter(new ManualTime(), hasColor: true), LogLevel.Warning, "x"), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Write(new TextLogFormatter(new ManualTime(), hasColor: true), LogLevel.Information, "x"));
        Assert.True(TerminalFacts.AllowsColor(isTerminal: true, noColor: null));
        Assert.False(TerminalFacts.AllowsColor(isTerminal: true, noColor: "1"));
        Assert.False(TerminalFacts.AllowsColor(isTerminal: false, noColor: null));
    }

    [Fact]
    public void WhatStrangersSentMovesNoCursor() =>
        Assert.EndsWith("a [31m b c", Write(new TextLogFormatter(new ManualTime(), hasColor: false), LogLevel.Information, "a\e[31m\nb\rc"), StringComparison.Ordinal);

    [Fact]
    public void ALineForProgramsIsAnObjectWithTimeLevelTargetMessageAndFields()
    {
        string line = Write(new JsonLogFormatter(new ManualTime()), LogLevel.Warning, "a \"b\"\n\e", [new("Number", 7u), new("Name", "x"), new("{OriginalFormat}", "y")]);
        using JsonDocument json = JsonDocument.Parse(line);
        Assert.Equal("warn", json.RootElement.GetProperty("level").GetString());
        Assert.Equal("consensus", json.RootElement.GetProperty("target").GetString());
        Assert.Equal("a \"b\"\n\e", json.RootElement.GetProperty("message").GetString());
        Assert.True(json.RootElement.GetProperty("time").TryGetDateTime(out _));
        Assert.Equal(7, json.RootElement.GetProperty("fields").GetProperty("Number").GetInt32());
        Assert.DoesNotContain('\n', line);
    }

    [Theory]
    [InlineData("info", true)]
    [InlineData("consensus=debug,rpc=off", true)]
    [InlineData("loud", false)]
    [InlineData("consensus=", false)]
    public void AFilterIsLevelsAndTargets(string filter, bool isGood) => Assert.Equal(isGood, NodeLogs.TryReadFilter(filter, out _));

    [Theory]
    [InlineData("Phala.Node.Consensus.AuthoringLoop", "consensus")]
    [InlineData("rpc", "rpc")]
    [InlineData("Phala.Node.Host", "host")]
    public void TargetsAreParts(string category, string target) => Assert.Equal(target, LogTarget.Of(category));

    [Theory]
    [InlineData(100)]
    [InlineData(40)]
    [InlineData(12)]
    [InlineData(3)]
    public void ABarFitsTheTerminal(int width)
    {
        ManualTime time = new();
        using StringWriter output = new();
        using (ProgressBar bar = new(output, isTerminal: true, () => width, time))
        {
            bar.Report("Importing blocks", 1, 200);
            Assert.Equal("", output.ToString());
            time.Advance(TimeSpan.FromSeconds(1));
            bar.Report("Importing blocks", 50, 200);
            string drawn = output.ToString();
            Assert.True(drawn.Length <= width, drawn);
            Assert.Equal(width >= 100, drawn.Contains("[##########----", StringComparison.Ordinal));
            Assert.Equal(width >= 40, drawn.Contains("50 of 200 (25 %)", StringComparison.Ordinal));
            Assert.Equal(width == 12, drawn == "\r25 %");
        }

        Assert.EndsWith(" \r", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutATerminalThereIsALineNowAndThen()
    {
        ManualTime time = new();
        using StringWriter output = new();
        using (ProgressBar bar = new(output, isTerminal: false, () => 80, time))
        {
            for (int second = 0; second < 12; second++)
            {
                bar.Report("Reading", second, null);
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal($"Reading: 5{Environment.NewLine}Reading: 10{Environment.NewLine}", output.ToString());
    }

    private static string Write(ConsoleFormatter formatter, LogLevel level, string message, IReadOnlyList<KeyValuePair<string, object?>>? state = null)
    {
        using StringWriter output = new();
        LogEntry<object?> entry = new(level, "Phala.Node.Consensus.AuthoringLoop", default, state, null, (_, _) => message);
        formatter.Write(entry, null, output);
        return output.ToString().TrimEnd('\n', '\r');
    }
}
