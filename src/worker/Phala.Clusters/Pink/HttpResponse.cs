using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>What came back, or a status of 523 or 524 where nothing did.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="ReasonPhrase">The status in words.</param>
/// <param name="Headers">Names and values.</param>
/// <param name="Body">The content.</param>
[Scale]
public sealed partial record HttpResponse(ushort StatusCode, string ReasonPhrase, Vec<(string Name, string Value)> Headers, Vec<byte> Body)
{
    /// <summary>The status of a server that can't be reached.</summary>
    public const ushort Unreachable = 523;

    /// <summary>The status of an answer that can't be read.</summary>
    public const ushort IoError = 524;

    /// <summary>What a command is told.</summary>
    public static HttpResponse NotInCommands { get; } = new(Unreachable, "API Unavailable", default, [.. "HTTP request is not supported in transaction"u8]);
}
