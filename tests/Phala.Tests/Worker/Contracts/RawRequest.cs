using System.Globalization;
using System.Text;

namespace Phala.Tests.Worker.Contracts;

/// <summary>A request as a server has read it.</summary>
/// <param name="Line">Its first line.</param>
/// <param name="Headers">Its headers, line by line.</param>
/// <param name="Body">Its content.</param>
internal sealed record RawRequest(string Line, IReadOnlyList<string> Headers, byte[] Body)
{
    public string Path => Line.Split(' ')[1];

    /// <summary>The value of a header; null where it has none.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    /// <summary>Reads a request.</summary>
    public static async Task<RawRequest> ReadAsync(Stream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        string[] lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        RawRequest request = new(lines[0], lines[1..], []);
        byte[] body = new byte[int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return request with { Body = body };
    }
}
