using Phala.Node.Inspect.Metadata;
using Phala.Runtime.Interface.Metadata;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as metadata. What is read of them is listed too: names of types end, whatever the types are.</summary>
public sealed class MetadataTarget : FuzzTarget
{
    private const int NewestSpec = 1001;

    /// <inheritdoc/>
    public override string Name => "metadata";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
        [
            .. RuntimeMetadata.Versions.Concat(RuntimeMetadata.Versions).Select(version => RuntimeMetadata.Encode(version, NewestSpec)),
            [.. "meta"u8, 14, 0, 0, 0, 4, 0, 0],
            [.. "meta"u8, 14, 4, 4], [.. "meta"u8, 13], "metb"u8.ToArray(), [.. "meta"u8, 14, 8, 0, 0, 0, 5, 0, 0, 12],
        ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<MetadataError>().Except([nameof(MetadataError.None)])];

    /// <inheritdoc/>
    public override int SampleSize => 3000;

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (1 << 20) + (256 * (long)inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        bool isRead = MetadataReader.TryRead(input, out ChainMetadata? metadata, out MetadataFault? fault);
        if (!isRead) return new FuzzOutcome(fault!.Error != MetadataError.NoMetadata, fault.Error.ToString());
        TypeNames names = new(metadata!.Types);
        for (int id = 0; id < Math.Min(metadata.Types.Types.Count, 16); id++)
        {
            if (names.Of(id).Length > 4096 + input.Length) throw new InvalidOperationException("A name goes on and on.");
        }

        return new FuzzOutcome(true, null);
    }
}
