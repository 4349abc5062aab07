using System.Text;
using Phala.Client.Rpc;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>Arguments stand in their order, with a comma between two and none elsewhere.</summary>
public sealed class RpcArgumentsTests
{
    public static TheoryData<RpcArguments, string> Cases => new()
    {
        { new RpcArguments(), "" },
        { new RpcArguments().Hex([1, 255]), "\"0x01ff\"" },
        { new RpcArguments().Hex([]).Number(-5).Null(), "\"0x\",-5,null" },
        { new RpcArguments().HexList([]).Number(1), "[],1" },
        { new RpcArguments().Number(1).HexList([[1], [2, 3]]).HexList([]).Text("a\"b"), "1,[\"0x01\",\"0x0203\"],[],\"a\\u0022b\"" },
        { new RpcArguments().Hash(null).Hash(default(Phala.Trie.Hash256)), $"null,\"0x{new string('0', 64)}\"" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ArgumentsAreJsonInTheirOrder(RpcArguments arguments, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(arguments.Written));
}
