using System.Text;
using Phala.Crypto.Hashing;
using Phala.Crypto.Keys;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Keys;

public sealed class Ss58Tests
{
    private static readonly byte[] Alice = Convert.FromHexString("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");

    [Theory]
    [InlineData(42, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")]
    [InlineData(0, "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5")]
    [InlineData(2, "HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F")]
    public void AddressesOfAliceEqualThePublishedOnes(int prefix, string address)
    {
        Assert.Equal(address, Ss58.Encode(Alice, prefix));
        byte[] account = new byte[32];
        Assert.Equal(Ss58Error.None, Ss58.TryDecode(address, prefix, account));
        Assert.Equal(Alice, account);
    }

    [Fact]
    public void EveryPrefixAndLengthIsReadBack()
    {
        byte[] account = new byte[33];
        int prefixes = 0;
        for (int prefix = 0; prefix <= Ss58.MaxPrefix; prefix++)
        {
            if (prefix is 46 or 47) continue;
            prefixes++;
            int length = ((int[])[1, 2, 4, 8, 32, 33])[prefix % 6];
            byte[] expected = TestBytes.Random(length, prefix);
            string address = Ss58.Encode(expected, prefix);
            Assert.Equal(Ss58Error.None, Ss58.TryDecode(address, account, out int actualLength, out int actualPrefix));
            Assert.Equal((length, prefix), (actualLength, actualPrefix));
            Assert.Equal(expected, account[..length]);
        }

        Assert.Equal(16_382, prefixes);
    }

    [Fact]
    public void AThousandAddressesEqualThoseOfPolkadotJs()
    {
        StringBuilder input = new();
        List<string> expected = [];
        HashSet<int> lengths = [];
        Random random = new(3);
        for (int index = 0; index < 1000; index++)
        {
            int prefix = index % 2 == 0 ? random.Next(64) : random.Next(Ss58.MaxPrefix + 1);
            if (!Ss58.IsValidPrefix(prefix)) prefix = 30;
            byte[] account = TestBytes.Random(((int[])[1, 2, 4, 8, 32, 33])[index % 6], index);
            lengths.Add(account.Length);
            expected.Add(Ss58.Encode(account, prefix));
            input.Append("ss58\t").Append(Convert.ToHexStringLower(account)).Append('\t').Append(prefix).Append('\n');
        }

        Assert.Equal(6, lengths.Count);
        Assert.Equal(expected, NodeJs.Run("keys.mjs", input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void AChangedCharacterIsNoticed()
    {
        string address = Ss58.Encode(Alice, 30);
        Dictionary<Ss58Error, int> errors = [];
        for (int at = 0; at < address.Length; at++)
        {
            foreach (char other in "1Az")
            {
                if (address[at] == other) continue;
                char[] changed = address.ToCharArray();
                changed[at] = other;
                Ss58Error error = Ss58.TryDecode(changed, new byte[33], out _, out _);
                errors[error] = errors.GetValueOrDefault(error) + 1;
            }
        }

        Assert.DoesNotContain(Ss58Error.None, errors.Keys);
        Assert.True(errors[Ss58Error.BadChecksum] > 100);
    }

    [Fact]
    public void EachDefectHasItsError()
    {
        AssertError(Ss58Error.BadBase58, "5Grwva0");
        AssertError(Ss58Error.BadLength, "");
        AssertError(Ss58Error.BadLength, "5");
        AssertError(Ss58Error.BadLength, new string('z', 100));
        foreach (int length in (int[])[3, 5, 7, 9, 16, 31, 34]) AssertError(Ss58Error.BadLength, Address([42], new byte[length], length >= 32 ? 2 : 1));
        AssertError(Ss58Error.BadLength, Address([42], new byte[32], 1));
        AssertError(Ss58Error.BadLength, Address([0x50, 0], new byte[34], 2));
        AssertError(Ss58Error.ReservedPrefix, Address([46], Alice, 2));
        AssertError(Ss58Error.ReservedPrefix, Address([47], Alice, 2));
        AssertError(Ss58Error.ReservedPrefix, Address([128], Alice, 2));
        AssertError(Ss58Error.ReservedPrefix, Address([255], Alice, 2));
        AssertError(Ss58Error.ReservedPrefix, Address([0x40 | (46 >> 2), (46 & 3) << 6], Alice, 2));
        AssertError(Ss58Error.PrefixNotShortest, Address([0x40 | (42 >> 2), (42 & 3) << 6], Alice, 2));
        AssertError(Ss58Error.None, Address([0x40 | (64 >> 2), (64 & 3) << 6], Alice, 2));
        AssertError(Ss58Error.BadChecksum, Base58.Encode([42, .. Alice, 0, 0]));
    }

    [Fact]
    public void AnExpectedNetworkIsDemanded()
    {
        byte[] account = new byte[32];
        Assert.Equal(Ss58Error.UnexpectedPrefix, Ss58.TryDecode(Ss58.Encode(Alice, 42), 30, account));
        Assert.Equal(new byte[32], account);
        Assert.Equal(Ss58Error.BadLength, Ss58.TryDecode(Ss58.Encode([.. Alice, 1], 30), 30, account));
        Assert.Equal(Ss58Error.BadLength, Ss58.TryDecode(Ss58.Encode([7], 30), 30, account));
        Assert.Equal(Ss58Error.BadChecksum, Ss58.TryDecode(Base58.Encode([30, .. Alice, 0, 0]), 30, account));
    }

    [Fact]
    public void OtherAccountsAndPrefixesAreBugsOfTheCaller()
    {
        foreach (int length in (int[])[0, 3, 5, 31, 34]) Assert.Throws<ArgumentOutOfRangeException>(() => Ss58.Encode(new byte[length], 42));
        foreach (int prefix in (int[])[-1, 46, 47, 16_384]) Assert.Throws<ArgumentOutOfRangeException>(() => Ss58.Encode(Alice, prefix));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ss58.TryDecode("", new byte[32], out _, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ss58.TryDecode("", 42, new byte[33]));
    }

    private static void AssertError(Ss58Error expected, string text) => Assert.Equal(expected, Ss58.TryDecode(text, new byte[33], out _, out _));

    private static string Address(byte[] prefix, byte[] account, int checksumLength)
    {
        byte[] hash = new byte[64];
        Blake2b.Hash512([.. "SS58PRE"u8, .. prefix, .. account], hash);
        return Base58.Encode([.. prefix, .. account, .. hash[..checksumLength]]);
    }
}
