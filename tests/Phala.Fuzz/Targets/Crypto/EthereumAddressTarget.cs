using System.Text;
using Phala.Crypto.Ethereum;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>
/// Ethereum addresses as text. The first byte tells whether the rest is brought to an address's length, or left as it is; past the outermost check is what has
/// the prefix and the length. Accepted are exactly digits of one case, and those with their checksum.
/// </summary>
public sealed class EthereumAddressTarget : FuzzTarget
{
    private const string WrongForm = "WrongForm", WrongChecksum = "WrongChecksum";
    private const byte Fitted = 0, AsItIs = 1;

    private static readonly string Valid = EthereumAddress.Format(SignatureSamples.Bytes(EthereumAddress.Length, 5));

    /// <inheritdoc/>
    public override string Name => "ethereum-address";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [Fitted, .. Encoding.ASCII.GetBytes(Valid)],
        [Fitted, .. Encoding.ASCII.GetBytes(Valid.ToLowerInvariant())],
        [Fitted, .. Encoding.ASCII.GetBytes("0x" + Valid[2..].ToUpperInvariant())],
        [Fitted, .. Encoding.ASCII.GetBytes("0x" + Valid[2..].ToUpperInvariant()[..20] + Valid[22..].ToLowerInvariant())],
        [AsItIs, .. Encoding.ASCII.GetBytes(Valid)],
        [AsItIs, .. Encoding.UTF8.GetBytes(Valid[..^1] + "１")],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [WrongForm, WrongChecksum];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (16L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = input.Length == 0 ? "" : Encoding.UTF8.GetString(input, 1, input.Length - 1);
        if (input is [Fitted, ..]) text = text.PadRight(EthereumAddress.TextLength, '0')[..EthereumAddress.TextLength];
        Span<byte> address = stackalloc byte[EthereumAddress.Length];
        bool accepted = EthereumAddress.TryParse(text, address);

        bool isMeasured = text.Length == EthereumAddress.TextLength && text.StartsWith("0x", StringComparison.Ordinal);
        bool isForm = isMeasured && text.Skip(2).All(char.IsAsciiHexDigit);
        if (accepted != (isForm && IsChecked(text))) throw new InvalidOperationException($"'{text}': accepted is {accepted}");
        return new FuzzOutcome(isMeasured, accepted ? null : isForm ? WrongChecksum : WrongForm);
    }

    private static bool IsChecked(string text)
    {
        bool isOneCase = !text.Skip(2).Any(char.IsAsciiLetterUpper) || !text.Skip(2).Any(char.IsAsciiLetterLower);
        return isOneCase || text == EthereumAddress.Format(Convert.FromHexString(text.AsSpan(2)));
    }
}
