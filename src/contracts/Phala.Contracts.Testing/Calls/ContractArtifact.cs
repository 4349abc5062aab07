using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Phala.Contracts.Hosting;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Contracts.Testing.Calls;

/// <summary>What the build has made of a contract: entry points, description, compiled code.</summary>
internal sealed class ContractArtifact
{
    private const string EntryPoints = "Phala.Contracts.Generated.EntryPoints";

    private readonly Dictionary<string, JsonNode> _messages;

    private ContractArtifact(Type type, JsonNode metadata, byte[]? code, Hash256 codeHash)
    {
        (Type, Code, CodeHash) = (type, code, codeHash);
        JsonNode spec = metadata["spec"]!;
        _messages = spec["messages"]!.AsArray().Concat(spec["constructors"]!.AsArray().Select(static each => each)).Where(static each => each is not null)
            .GroupBy(static each => (each!["mutates"] is null ? "constructor " : "") + (string)each["label"]!).ToDictionary(static group => group.Key, static group => group.First()!, StringComparer.Ordinal);
        Deploy = Entry("Deploy");
        Call = Entry("Call");
    }

    /// <summary>The contract's class.</summary>
    internal Type Type { get; }

    /// <summary>Runs a constructor on .NET.</summary>
    internal Action Deploy { get; }

    /// <summary>Runs a message on .NET.</summary>
    internal Action Call { get; }

    /// <summary>The compiled code; null where the assembly's build did not make it.</summary>
    internal byte[]? Code { get; }

    /// <summary>The hash of the compiled code; of the contract's name where there is none.</summary>
    internal Hash256 CodeHash { get; }

    /// <summary>Finds what the build has made of a contract.</summary>
    /// <exception cref="InvalidOperationException">The assembly has no contract of that class.</exception>
    internal static ContractArtifact Of(Type type)
    {
        ContractMetadataAttribute? attribute = type.Assembly.GetCustomAttributes<ContractMetadataAttribute>().FirstOrDefault(each => each.Contract == type);
        if (attribute is null) throw new InvalidOperationException($"{type.FullName} is no contract: its assembly was built without the generator of Phala.Contracts.Sdk.");
        string path = Path.ChangeExtension(type.Assembly.Location, ".wasm");
        byte[]? code = File.Exists(path) ? File.ReadAllBytes(path) : null;
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(code ?? Encoding.UTF8.GetBytes(type.FullName!), hash);
        return new ContractArtifact(type, JsonNode.Parse(attribute.Json)!, code, new Hash256(hash));
    }

    /// <summary>A message's selector; null where the contract has no such.</summary>
    internal byte[]? SelectorOf(string label) => _messages.TryGetValue(label, out JsonNode? message) ? Convert.FromHexString(((string)message["selector"]!)[2..]) : null;

    private Action Entry(string name)
    {
        MethodInfo method = Type.Assembly.GetType(EntryPoints, throwOnError: true)!.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        return method.CreateDelegate<Action>();
    }
}
