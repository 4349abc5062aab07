using System.Net.Http.Headers;
using Phala.Clusters.Pink;
using Phala.Codec;

namespace Phala.Worker.Contracts;

/// <summary>Reads what a server answers, and never more of it than a contract is given.</summary>
internal static class AnswerReader
{
    /// <summary>The longest content in bytes.</summary>
    public const int LongestBody = 2 * 1024 * 1024;

    /// <summary>The most headers.</summary>
    public const int MostHeaders = 256;

    private const int FirstPiece = 16 * 1024;

    /// <summary>Reads an answer whose headers have come.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="deadline">When it is given up.</param>
    public static async Task<Result<HttpResponse, HttpFailure>> ReadAsync(HttpResponseMessage response, CancellationToken deadline)
    {
        List<(string Name, string Value)> headers = [];
        if (!TryAdd(headers, response.Headers.NonValidated) || !TryAdd(headers, response.Content.Headers.NonValidated)) return Result<HttpResponse, HttpFailure>.Err(HttpFailure.TooManyHeaders);
        try
        {
            Stream content = await response.Content.ReadAsStreamAsync(deadline).ConfigureAwait(false);
            byte[]? body = await ReadToEndAsync(content, deadline).ConfigureAwait(false);
            return body is null
                ? Result<HttpResponse, HttpFailure>.Err(HttpFailure.ResponseTooLarge)
                : Result<HttpResponse, HttpFailure>.Ok(new HttpResponse((ushort)response.StatusCode, response.ReasonPhrase ?? "", [.. headers], Vec.Create<byte>(body)));
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            return Result<HttpResponse, HttpFailure>.Err(HttpFailure.NetworkError);
        }
    }

    /// <summary>Names in small letters, as clients that speak newer versions of the protocol have them; a value that is no visible text is empty.</summary>
    private static bool TryAdd(List<(string Name, string Value)> headers, HttpHeadersNonValidated from)
    {
        foreach ((string name, HeaderStringValues values) in from)
        {
            foreach (string value in values)
            {
                if (headers.Count == MostHeaders) return false;
                headers.Add((Lower(name), value.All(c => c is '\t' or (>= ' ' and <= '~')) ? value : ""));
            }
        }

        return true;
    }

    private static string Lower(string name) => string.Create(name.Length, name, static (lower, text) => text.AsSpan().ToLowerInvariant(lower));

    /// <summary>The content, in a buffer that grows with what has come; null where it is too long.</summary>
    private static async Task<byte[]?> ReadToEndAsync(Stream content, CancellationToken deadline)
    {
        byte[] buffer = new byte[FirstPiece];
        int length = 0;
        while (true)
        {
            int read = await content.ReadAsync(buffer.AsMemory(length), deadline).ConfigureAwait(false);
            length += read;
            if (length > LongestBody) return null;
            if (read == 0) return buffer.AsSpan(0, length).ToArray();
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, LongestBody + 1));
        }
    }
}
