using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Phala.Node.Inspect.Metadata;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Versions;

namespace Phala.Node.Inspect;

/// <summary>Whose calls extrinsics are read with: this chain's, unless a file with another one's metadata is given.</summary>
internal sealed class MetadataOption
{
    private readonly Option<string?> _file = new("--metadata") { Description = "A file with the chain's metadata (as state_getMetadata answers it). [default: this program's runtime]" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>Reads it.</summary>
    public bool TryRead(ParseResult line, [NotNullWhen(true)] out ChainMetadata? metadata, [NotNullWhen(false)] out string? problem)
    {
        metadata = null;
        byte[] bytes;
        if (line.GetValue(_file) is { } file)
        {
            if (!InspectInput.TryRead(file, out InspectInput? input, out problem)) return false;
            bytes = input.Bytes;
        }
        else
        {
            bytes = RuntimeMetadata.Encode(RuntimeMetadata.Versions[^1], PhalaVersion.LatestSpec);
        }

        bool isRead = MetadataReader.TryRead(bytes, out metadata, out MetadataFault? fault);
        problem = isRead ? null : $"--metadata: {fault}.";
        return isRead;
    }
}
