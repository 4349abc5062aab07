using System.Text;
using Phala.Codec;
using Phala.Crypto.Hashing;

namespace Phala.Runtime.Interface.Versions;

/// <summary>The name of a runtime API, hashed: BLAKE2b with 8 bytes.</summary>
[Scale(""), FixedBytes(8)]
public readonly partial struct ApiId
{
    /// <summary>The id of a name, such as <c>Core</c>.</summary>
    public static ApiId Of(string name)
    {
        Span<byte> id = stackalloc byte[Size];
        Blake2b.Hash(Encoding.UTF8.GetBytes(name), id);
        return new ApiId(id);
    }
}
