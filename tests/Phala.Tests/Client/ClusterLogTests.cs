using System.Text;
using System.Text.Json.Nodes;
using Phala.Cli.Contracts;
using Phala.Client.Contracts;
using Phala.Terminal;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>What clients make of a worker's log.</summary>
public sealed class ClusterLogTests
{
    private const string Sample = """
        {"records":[
          {"sequence":3,"type":"Log","blockNumber":7,"contract":"0x01","entry":"0x01","execMode":"transaction","timestamp":9,"level":2,"message":"a\u001b[31m \u202e line"},
          {"sequence":4,"type":"Event","blockNumber":7,"contract":"0x01","topics":[],"payload":"0x0102"},
          {"sequence":5,"type":"MessageOutput","blockNumber":8,"origin":"0x01","contract":"0x01","nonce":"0x","output":"0x7b"},
          {"sequence":6,"type":"QueryIn","user":"0x0102030405060708"},
          {"sequence":7,"type":"TooLarge"}],"next":8}
        """;

    [Fact]
    public void Records_are_read_and_shown_in_lines_that_do_nothing_to_a_terminal()
    {
        ClusterLogPage page = Read(Sample)!;
        Assert.Equal(8ul, page.Next);
        Assert.Equal([(3ul, 7u, (byte)2), (4ul, 7u, null), (5ul, 8u, null), (6ul, null, null), (7ul, (uint?)null, (byte?)null)], page.Records.Select(record => (record.Sequence, record.BlockNumber, record.Level)));
        Assert.Equal(
            ["7         warn    a\\u001b[31m \\u202e line", "7         event   0x0102", "8         output  0x7b", "-         query   0x0102030405060708", "-         toolong "],
            page.Records.Select(record => PlainText.Of(LogText.Of(record))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"error\":\"Invalid input\"}")]
    [InlineData("{\"records\":[]}")]
    [InlineData("{\"records\":[],\"next\":-1}")]
    [InlineData("{\"records\":{},\"next\":1}")]
    [InlineData("{\"records\":[1],\"next\":1}")]
    [InlineData("{\"records\":[{\"sequence\":1}],\"next\":1}")]
    [InlineData("{\"records\":[{\"sequence\":\"1\",\"type\":\"Log\"}],\"next\":1}")]
    public void What_is_no_part_of_a_log_is_none(string answer) => Assert.Null(Read(answer));

    [Fact]
    public void Whatever_a_worker_answers_is_shown_or_is_none()
    {
        Random random = new(9);
        string[] values = ["null", "1", "-1", "1.5", "\"x\"", "\"0x00000000000000\"", "[]", "{}", "99999999999999999999", "\"\\u0000\""];
        int read = 0;
        for (int round = 0; round < 2000; round++)
        {
            JsonNode root = JsonNode.Parse(Sample)!;
            JsonObject record = root["records"]![random.Next(5)]!.AsObject();
            string name = record.ElementAt(random.Next(record.Count)).Key;
            record[name] = JsonNode.Parse(values[random.Next(values.Length)]);
            if (Read(root.ToJsonString()) is not { } page) continue;
            read++;
            foreach (ClusterLogRecord each in page.Records) Assert.DoesNotContain(PlainText.Of(LogText.Of(each)), char.IsControl);
        }

        Assert.InRange(read, 200, 1900);
    }

    private static ClusterLogPage? Read(string answer) => ClusterLog.Read(Encoding.UTF8.GetBytes(answer), null!);
}
