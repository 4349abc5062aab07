using System.Text;
using Phala.Node.Keys;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as the content of a key's file, for Alice's two keys in turn.</summary>
public sealed class KeyFileTarget : FuzzTarget
{
    private static readonly byte[] Aura = Convert.FromHexString("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    private static readonly byte[] Grandpa = Convert.FromHexString("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee");

    /// <inheritdoc/>
    public override string Name => "key-file";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        "\"//Alice\""u8.ToArray(), "\"//Bob\""u8.ToArray(), "\"0x398f0c28f98885e046333d4a41c19cee4c37368a9832c6502f6cfd182e2aef89\""u8.ToArray(), "\"//Alice///x\""u8.ToArray(), " \"\\u002f/Alice\" "u8.ToArray(),
        "\"\\ud800\""u8.ToArray(),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<KeyFileError>().Except([nameof(KeyFileError.None)])];

    /// <inheritdoc/>
    public override int SampleSize => 4000;

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (64 << 10) + (64 * (long)inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        using AuthorityKeys keys = new();
        bool isAura = input.Length % 2 == 1;
        KeyFileError error = KeyFile.Read(input, isAura ? KeyTypes.Aura : KeyTypes.Grandpa, isAura ? Aura : Grandpa, null, keys);
        if (keys.IsEmpty == (error == KeyFileError.None)) throw new InvalidOperationException("The key and the answer disagree.");
        return new FuzzOutcome(input.AsSpan().Trim(" \t\r\n"u8).StartsWith(Encoding.ASCII.GetBytes("\"")), error == KeyFileError.None ? null : error.ToString());
    }
}
