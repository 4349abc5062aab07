using Phala.Node.Network.Multistream;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as what a dialer says until a protocol is agreed on.</summary>
public sealed class MultistreamTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "multistream";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = 
    [
        [.. MultistreamMessage.Encode(MultistreamMessage.Header), .. Enumerable.Repeat(MultistreamMessage.Encode("/some/other/protocol/1.0.0"), 5).SelectMany(line => line), .. MultistreamMessage.Encode("/noise")],
        [.. MultistreamMessage.Encode(MultistreamMessage.Header), .. Enumerable.Repeat(MultistreamMessage.Encode("/a"), 60).SelectMany(line => line)],
        [.. MultistreamMessage.Encode(MultistreamMessage.Header), .. MultistreamMessage.Encode(new string('x', 200)), .. MultistreamMessage.Encode("/noise")],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = 
        [nameof(MultistreamError.Ended), nameof(MultistreamError.TooLong), nameof(MultistreamError.NoLine), nameof(MultistreamError.NoText), nameof(MultistreamError.NoHeader), nameof(MultistreamError.TooManyProposals)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 32_768 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        (MultistreamError error, string protocol) = MultistreamSelect.ListenAsync(new Dialog(input), static name => name == "/noise", default).AsTask().GetAwaiter().GetResult();
        if (error == MultistreamError.None && protocol != "/noise") throw new InvalidOperationException("Another protocol was agreed on.");
        return new FuzzOutcome(error is not (MultistreamError.NoHeader or MultistreamError.Ended), error == MultistreamError.None ? null : error.ToString());
    }
}
