using Phala.Crypto.Ethereum;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Ethereum;

public sealed class EthereumAddressTests
{
    /// <summary>The test cases of EIP-55.</summary>
    public static TheoryData<string> Published => [.. VectorFile.Read("Crypto/Ethereum/Vectors/addresses.txt").Select(vector => vector.Text("address"))];

    [Theory]
    [MemberData(nameof(Published))]
    public void ChecksumsEqualThePublishedOnes(string text)
    {
        byte[] address = new byte[20];
        Assert.True(EthereumAddress.TryParse(text, address));
        Assert.Equal(text, EthereumAddress.Format(address));
        Assert.True(EthereumAddress.TryParse("0x" + text[2..].ToLowerInvariant(), address));
        Assert.True(EthereumAddress.TryParse("0x" + text[2..].ToUpperInvariant(), address));
        Assert.Equal(text, EthereumAddress.Format(address));
    }

    [Fact]
    public void ALetterOfTheWrongCaseIsNoticed()
    {
        string text = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        int letters = 0;
        for (int at = 2; at < text.Length; at++)
        {
            if (!char.IsAsciiLetter(text[at])) continue;
            letters++;
            char[] changed = text.ToCharArray();
            changed[at] = (char)(changed[at] ^ 0x20);
            Assert.False(EthereumAddress.TryParse(changed, new byte[20]));
        }

        Assert.Equal(18, letters);
    }

    [Fact]
    public void OtherTextIsNoAddress()
    {
        foreach (string text in (string[])["", "0x", "0x52908400098527886E0F7030069857D2E4169EE", "0x52908400098527886E0F7030069857D2E4169EE77", "5290840009852788e6E0F7030069857D2E4169EE7x", "0x52908400098527886E0F7030069857D2E4169EEg", "0X52908400098527886E0F7030069857D2E4169EE7"])
        {
            Assert.False(EthereumAddress.TryParse(text, new byte[20]));
        }
    }

    [Fact]
    public void PersonalMessagesAreHashedAsWalletsDo()
    {
        byte[] hash = new byte[32], expected = new byte[32];
        Vector vector = VectorFile.Read("Crypto/Ethereum/Vectors/messages.txt").Single(vector => vector.Name == "personal-message");
        PersonalMessage.Hash(vector.Bytes("message"), hash);
        Assert.Equal(vector.Bytes("hash"), hash);
        byte[] message = TestBytes.Random(12345, 1);
        PersonalMessage.Hash(message, hash);
        Phala.Crypto.Hashing.Keccak256.Hash([0x19, .. "Ethereum Signed Message:\n12345"u8, .. message], expected);
        Assert.Equal(expected, hash);
    }
}
