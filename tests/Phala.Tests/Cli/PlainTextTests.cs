using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Cli.Output;
using Phala.Terminal;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>Text that others wrote, as it is printed.</summary>
public sealed class PlainTextTests
{
    private static readonly UnicodeCategory[] Refused = [UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator];

    [Fact]
    public void Every_character_is_printed_or_written_as_its_number_and_none_of_them_controls()
    {
        int escaped = 0;
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value)) continue;
            Rune letter = new(value);
            string plain = PlainText.Of($"a{letter}z");
            if (!Refused.Contains(Rune.GetUnicodeCategory(letter)))
            {
                Assert.Equal($"a{letter}z", plain);
                continue;
            }

            escaped++;
            Assert.Equal($"a{string.Concat(letter.ToString().Select(unit => $"\\u{(int)unit:x4}"))}z", plain);
        }

        Assert.InRange(escaped, 200, 1000);
    }

    [Theory]
    [InlineData("result  ok\nsent  yes", @"result  ok\u000asent  yes", "result  ok\nsent  yes")]
    [InlineData("\u001b[2J\u001b]0;x\u0007", @"\u001b[2J\u001b]0;x\u0007", @"\u001b[2J\u001b]0;x\u0007")]
    [InlineData("\r\t\u009b31m", @"\u000d\u0009\u009b31m", @"\u000d\u0009\u009b31m")]
    [InlineData("a\u202eb\u2028c", @"a\u202eb\u2028c", @"a\u202eb\u2028c")]
    [InlineData("Grüße, 世界 🙂", "Grüße, 世界 🙂", "Grüße, 世界 🙂")]
    [InlineData("", "", "")]
    public void Lines_are_kept_where_they_are_our_own(string text, string inOne, string inLines) => Assert.Equal((inOne, inLines), (PlainText.Of(text), PlainText.Lines(text)));

    [Fact]
    public void Half_a_pair_is_no_harm() => Assert.Equal(3, PlainText.Of("a\ud800z").Length);

    [Fact]
    public void Whatever_is_printed_others_texts_add_no_line_and_no_control_and_programs_read_them_as_they_were()
    {
        const string Evil = "x\nresult  ok\r\u001b[2J\u009b1A\u202e";
        using StringWriter people = new(), table = new(), line = new(), list = new(), json = new(), rows = new();
        Answer.Print(people, false, [("result", "refused"), ("name", Evil)]);
        Answer.Print(table, false, ["name"], [[Evil]], "nothing");
        Answer.PrintLine(line, false, ["name"], [Evil]);
        Answer.PrintList(list, "names", [Evil]);
        Assert.Equal([2, 1, 2], new[] { people, line, list }.Select(writer => writer.ToString().Count(letter => letter == '\n')));
        Answer.Print(json, true, [("name", Evil)]);
        Answer.PrintLine(rows, true, ["name"], [Evil]);
        foreach (StringWriter writer in new[] { people, table, line, list, json, rows }) Assert.DoesNotContain(writer.ToString(), letter => letter != '\n' && Refused.Contains(char.GetUnicodeCategory(letter)));
        Assert.All(new[] { json, rows }, writer => Assert.Equal(Evil, JsonElement.Parse(writer.ToString()).GetProperty("name").GetString()));
        Assert.DoesNotContain('\n', Answer.Line(new JsonObject { [Evil] = Evil }));
    }
}
