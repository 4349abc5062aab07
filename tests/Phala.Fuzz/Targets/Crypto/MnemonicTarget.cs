using System.Text;
using Phala.Crypto.Keys;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Phrases. The first byte tells how many words the rest stands for, two bytes each, or that it is text.</summary>
public sealed class MnemonicTarget : FuzzTarget
{
    private const byte AsText = 255;

    private static readonly string[] Words = [.. Enumerable.Range(0, 60).SelectMany(seed => Phrase(seed).Split(' ')).Distinct(StringComparer.Ordinal), "Abandon", "", "zzz"];

    /// <inheritdoc/>
    public override string Name => "mnemonic";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [AsText, .. Encoding.ASCII.GetBytes(Phrase(1))],
        [AsText, .. Encoding.ASCII.GetBytes(Phrase(2))],
        [0, .. new byte[24]],
        [1, .. new byte[30]],
        [4, .. new byte[48]],
        [5, .. new byte[40]],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<MnemonicError>().Where(name => name != nameof(MnemonicError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 8192 + (32L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = Text(input);
        byte[] entropy = new byte[Mnemonic.MaxEntropyLength];
        MnemonicError error = Mnemonic.TryRead(text, entropy, out int length);
        if (error == MnemonicError.None)
        {
            char[] phrase = new char[Mnemonic.MaxTextLength];
            int written = Mnemonic.Write(entropy.AsSpan(0, length), phrase);
            if (!phrase.AsSpan(0, written).SequenceEqual(text)) throw new InvalidOperationException("An accepted phrase is not the one of its entropy.");
        }

        return new FuzzOutcome(error != MnemonicError.BadWordCount, error == MnemonicError.None ? null : error.ToString());
    }

    private static string Text(byte[] input)
    {
        if (input.Length < 3) return "";
        if (input[0] == AsText) return Encoding.Latin1.GetString(input, 1, input.Length - 1);
        int words = input[0] % 8 is int kind and < 5 ? 12 + (3 * kind) : (input.Length - 1) / 2;
        return string.Join(' ', Enumerable.Range(0, words).Select(word => Words[Number(input, word) % Words.Length]));
    }

    private static int Number(byte[] input, int word)
    {
        int at = 1 + (2 * word % (input.Length - 2));
        return input[at] | (input[at + 1] << 8);
    }

    private static string Phrase(int seed)
    {
        byte[] entropy = new byte[16 + (4 * (seed % 5))];
        new Random(seed).NextBytes(entropy);
        char[] phrase = new char[Mnemonic.MaxTextLength];
        return new string(phrase, 0, Mnemonic.Write(entropy, phrase));
    }
}
