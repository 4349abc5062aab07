using System.Text;

namespace Phala.Contracts.Testing;

/// <summary>What a server of a test answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
public sealed record TestResponse(ushort Status, byte[] Body)
{
    /// <summary>A response with text as its body.</summary>
    public TestResponse(ushort status, string body)
        : this(status, Encoding.UTF8.GetBytes(body))
    {
    }

    /// <summary>A good response with text as its body.</summary>
    public static TestResponse Ok(string body) => new(200, body);
}
