using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Phala.Node.ChainSpecs;
using Phala.Node.Options;
using Phala.Node.Storage;
using Phala.Runtime;

namespace Phala.Node.Host;

/// <summary>Which chain a command is about, and where its data is: the same options for all commands beside the node itself.</summary>
internal sealed class ChainOptions
{
    private readonly Option<string> _chain = new("--chain") { Description = "The chain: dev, local, or a file with a chain specification.", DefaultValueFactory = _ => "dev" };
    private readonly Option<string> _basePath = new("--base-path", "-d") { Description = "The folder for the chain's data.", DefaultValueFactory = _ => NodeCommand.DefaultBasePath() };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_chain);
        command.Options.Add(_basePath);
    }

    /// <summary>What the node would be told. Nothing is pruned while a command looks at the chain.</summary>
    public NodeOptions Read(ParseResult line) => new()
    {
        Chain = line.GetValue(_chain)!,
        BasePath = line.GetValue(_basePath)!,
        Storage = new StorageOptions { MaintainInBackground = false },
    };

    /// <summary>Reads the specification.</summary>
    public static bool TryReadSpec(NodeOptions options, PhalaRuntime runtime, [NotNullWhen(true)] out ChainSpec? spec, [NotNullWhen(false)] out string? problem) =>
        new ChainOpening(runtime.LightCode).TryReadSpec(options, out spec, out problem);

    /// <summary>Opens the chain's data to read.</summary>
    public static bool TryOpen(NodeOptions options, PhalaRuntime runtime, [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out string? problem)
    {
        store = null;
        return TryReadSpec(options, runtime, out ChainSpec? spec, out problem) && ChainOpening.TryOpenExisting(options, spec, out store, out problem);
    }
}
