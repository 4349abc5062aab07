using System.CommandLine;
using Phala.Terminal.Keys;

namespace Phala.Node.Host;

/// <summary><c>phala-node key</c></summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "Makes and inspects keys, and puts authority keys into the node's keystore.")
    {
        GenerateKeyCommand.Create(),
        InspectKeyCommand.Create(),
        InsertKeyCommand.Create(),
    };
}
