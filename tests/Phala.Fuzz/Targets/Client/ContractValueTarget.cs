using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Client.Contracts.Ink;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Client;

/// <summary>Values of a contract's types, as workers return them: the type's id in a byte, and the encoding. What is read is written as the same bytes again. Past the outermost check is what names a type.</summary>
internal sealed class ContractValueTarget : FuzzTarget
{
    private const string Fault = nameof(Fault);

    private static readonly TypedValues Values = Read();

    /// <inheritdoc/>
    public override string Name => "contract-value";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [0, .. new byte[16]], [2, .. new byte[32]], [4, 8, 1, 2], [5, 8, 0x61, 0x62], [7, 4, 4, 0x61, .. new byte[16]], [8, .. new byte[32], 4, 1, 0, 0, 0], [9, 1, .. new byte[32]], [10, 2, 4], [10, 7, .. new byte[16]], [11, 4],
        [13], [15, 1, 1], [16, 4, 1], [17],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [Fault];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (128 << 10) + (1024L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length == 0) return new FuzzOutcome(false, Fault);
        int type = input[0] % Values.Types.Types.Count;
        ReadOnlySpan<byte> bytes = input.AsSpan(1);
        if (Values.TryDecode(type, bytes, out JsonNode? value) is not null) return new FuzzOutcome(true, Fault);
        using JsonDocument json = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        ValueFault? fault = Values.TryEncode(type, json.RootElement, out byte[] again);
        return fault is null && bytes.SequenceEqual(again) ? new FuzzOutcome(true, null) : throw new InvalidOperationException($"{json.RootElement} of type {type}: {fault}");
    }

    private static TypedValues Read()
    {
        _ = ContractFile.TryRead(ContractFileSamples.Five, out ContractFile? file);
        return file!.Values;
    }
}
