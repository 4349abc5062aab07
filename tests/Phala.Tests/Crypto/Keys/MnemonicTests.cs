using System.Security.Cryptography;
using System.Text;
using Phala.Crypto.Keys;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Keys;

public sealed class MnemonicTests
{
    private static readonly int[] EntropyLengths = [16, 20, 24, 28, 32];

    [Fact]
    public void TheWordsAreThePublishedList()
    {
        string list = string.Concat(Enumerable.Range(0, 2048).Select(index => WordList.English[index] + "\n"));
        Assert.Equal("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda", Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(list))));
        for (int index = 0; index < 2048; index++)
        {
            Assert.True(WordList.English.TryFind(WordList.English[index], out int found));
            Assert.Equal(index, found);
        }
    }

    [Fact]
    public void PhrasesAndSeedsEqualThePublishedOnes()
    {
        IReadOnlyList<Vector> vectors = VectorFile.Read("Crypto/Keys/Vectors/bip39.txt");
        Assert.True(vectors.Count >= 8);
        foreach (Vector vector in vectors)
        {
            string phrase = Phrase(vector.Bytes("entropy"));
            Assert.Equal(vector.Text("phrase"), phrase);
            byte[] seed = new byte[64];
            Mnemonic.WriteStandardSeed(phrase, "TREZOR"u8, seed);
            Assert.Equal(vector.Text("seed"), Convert.ToHexStringLower(seed));
        }
    }

    [Fact]
    public void PhrasesOfAllLengthsAreReadBack()
    {
        for (int index = 0; index < 500; index++)
        {
            byte[] entropy = TestBytes.Random(EntropyLengths[index % 5], index), read = new byte[32];
            if (index < 5) entropy.AsSpan().Fill(0xFF);
            string phrase = Phrase(entropy);
            Assert.Equal(entropy.Length * 3 / 4, phrase.Split(' ').Length);
            Assert.Equal(MnemonicError.None, Mnemonic.TryRead(phrase, read, out int length));
            Assert.Equal(entropy, read[..length]);
        }
    }

    /// <summary>A thousand phrases; the slow derivation of seeds is compared for one in twenty-five.</summary>
    [Fact]
    public void AThousandPhrasesEqualThoseOfPolkadotJs()
    {
        StringBuilder input = new();
        List<string> expected = [];
        for (int index = 0; index < 1000; index++)
        {
            byte[] entropy = TestBytes.Random(EntropyLengths[index % 5], ~index), substrate = new byte[32], standard = new byte[64];
            string phrase = Phrase(entropy), password = index % 3 == 0 ? "" : $"secret {index}";
            if (index % 25 != 1)
            {
                expected.Add(Convert.ToHexStringLower(entropy));
                input.Append("entropy\t").Append(phrase).Append('\n');
                continue;
            }

            Mnemonic.WriteSubstrateSeed(entropy, Encoding.UTF8.GetBytes(password), substrate);
            Mnemonic.WriteStandardSeed(phrase, Encoding.UTF8.GetBytes(password), standard);
            expected.Add($"{Convert.ToHexStringLower(entropy)} {Convert.ToHexStringLower(substrate)} {Convert.ToHexStringLower(standard)}");
            input.Append("mnemonic\t").Append(phrase).Append('\t').Append(password).Append('\n');
        }

        Assert.Equal(1000, expected.Distinct().Count());
        Assert.Equal(expected, NodeJs.Run("keys.mjs", input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void EachDefectHasItsError()
    {
        string phrase = Phrase(new byte[16]);
        Assert.Equal("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about", phrase);
        AssertError(MnemonicError.BadWordCount, "");
        AssertError(MnemonicError.BadWordCount, "abandon");
        AssertError(MnemonicError.BadWordCount, phrase + " abandon");
        AssertError(MnemonicError.BadWordCount, phrase + " ");
        AssertError(MnemonicError.BadWordCount, string.Join(' ', Enumerable.Repeat("abandon", 27)));
        AssertError(MnemonicError.UnknownWord, phrase.Replace("about", "abou", StringComparison.Ordinal));
        AssertError(MnemonicError.UnknownWord, phrase.Replace("about", "About", StringComparison.Ordinal));
        AssertError(MnemonicError.UnknownWord, phrase.Replace("about", "zzz", StringComparison.Ordinal));
        AssertError(MnemonicError.UnknownWord, phrase.Replace("abandon about", " about", StringComparison.Ordinal));
        AssertError(MnemonicError.BadChecksum, phrase.Replace("about", "abandon", StringComparison.Ordinal));
    }

    /// <summary>With 12 words one in 16 last words fits, with 24 words one in 256.</summary>
    [Theory]
    [InlineData(16, 128)]
    [InlineData(32, 8)]
    public void OneLastWordForEachValueOfItsEntropyBitsFits(int entropyLength, int fitting)
    {
        string phrase = Phrase(TestBytes.Random(entropyLength, 1)), head = phrase[..(phrase.LastIndexOf(' ') + 1)];
        Assert.Equal(fitting, Enumerable.Range(0, 2048).Count(index => Mnemonic.TryRead(head + WordList.English[index], new byte[32], out _) == MnemonicError.None));
    }

    [Fact]
    public void WrongRoomIsABugOfTheCaller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.Write(new byte[17], new char[300]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.Write(new byte[16], new char[100]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.TryRead("", new byte[31], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.WriteSubstrateSeed(new byte[16], [], new byte[64]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.WriteStandardSeed("a", [], new byte[32]));
    }

    private static void AssertError(MnemonicError expected, string phrase) => Assert.Equal(expected, Mnemonic.TryRead(phrase, new byte[32], out _));

    private static string Phrase(byte[] entropy)
    {
        char[] phrase = new char[Mnemonic.MaxTextLength];
        return new string(phrase, 0, Mnemonic.Write(entropy, phrase));
    }
}
