using Phala.Crypto.Ethereum;
using Xunit;

namespace Phala.Tests.Crypto.Ethereum;

public sealed class EthereumAddressTests
{
    /// <summary>The test cases of EIP-55.</summary>
    public static TheoryData<string> Published =>
    [
        "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];

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

    /// <summary>The message and hash of the ethers library's documentation of hashMessage.</summary>
    [Fact]
    public void PersonalMessagesAreHashedAsWalletsDo()
    {
        byte[] hash = new byte[32], expected = new byte[32];
        PersonalMessage.Hash("Hello World"u8, hash);
        Assert.Equal("a1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2", Convert.ToHexStringLower(hash));
        byte[] message = TestBytes.Random(12345, 1);
        PersonalMessage.Hash(message, hash);
        Phala.Crypto.Hashing.Keccak256.Hash([0x19, .. "Ethereum Signed Message:\n12345"u8, .. message], expected);
        Assert.Equal(expected, hash);
    }
}
