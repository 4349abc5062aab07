using System.Text;
using Phala.Crypto.Hashing;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Keys;

public sealed class SecretUriTests
{
    private static readonly string Hex = "0x" + new string('a', 64);

    [Fact]
    public void DevelopmentAccountsAreThoseEverybodyKnows()
    {
        IReadOnlyList<Vector> vectors = VectorFile.Read("Crypto/Keys/Vectors/dev-accounts.txt");
        Assert.Equal(12, vectors.Count);
        foreach (Vector vector in vectors)
        {
            bool stash = vector.Name.EndsWith("//stash", StringComparison.Ordinal);
            string name = stash ? vector.Name[..^7] : vector.Name;
            using Sr25519KeyPair pair = DevAccounts.Open(name, stash);
            Assert.Equal(vector.Text("public"), Convert.ToHexStringLower(pair.PublicKey));
            Assert.Equal(vector.Text("address42"), DevAccounts.Address(name, stash));
            Assert.Equal(vector.Text("address30"), DevAccounts.Address(name, stash, Ss58.PhalaPrefix));
        }

        Assert.Equal(6, DevAccounts.Names.Count);
        Assert.Throws<ArgumentException>(() => DevAccounts.Open("Mallory"));
    }

    [Fact]
    public void AThousandKeysEqualThoseOfPolkadotJs()
    {
        StringBuilder input = new();
        List<string> expected = [];
        Dictionary<string, int> schemes = [];
        Random random = new(8);
        for (int index = 0; index < 1000; index++)
        {
            string scheme = ((string[])["sr25519", "ed25519", "ecdsa"])[index % 3], uri = RandomUri(random, index, soft: scheme == "sr25519");
            schemes[scheme] = schemes.GetValueOrDefault(scheme) + 1;
            expected.Add(PublicKey(scheme, uri));
            input.Append("suri\t").Append(scheme).Append('\t').Append(uri).Append('\n');
        }

        Assert.All(schemes.Values, count => Assert.InRange(count, 333, 334));
        Assert.True(expected.Distinct().Count() > 900);
        Assert.Equal(expected, NodeJs.Run("keys.mjs", input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void EachDefectHasItsError()
    {
        AssertError(SecretUriError.None, "");
        AssertError(SecretUriError.None, "//Alice");
        AssertError(SecretUriError.None, Hex + "//a/b///");
        AssertError(SecretUriError.None, SecretUri.DevelopmentPhrase + "///pass/word///and more");
        AssertError(SecretUriError.BadPath, "//Alice/");
        AssertError(SecretUriError.BadPath, "/");
        AssertError(SecretUriError.BadPath, "//");
        AssertError(SecretUriError.BadPath, Hex + "//a//");
        AssertError(SecretUriError.BadSeed, "0x");
        AssertError(SecretUriError.BadSeed, Hex + "a");
        AssertError(SecretUriError.BadSeed, Hex + "aa");
        AssertError(SecretUriError.BadSeed, Hex[..^1] + "g");
        AssertError(SecretUriError.BadSeed, Hex[..^2]);
        AssertError(SecretUriError.BadPhrase, "Alice");
        AssertError(SecretUriError.BadPhrase, SecretUri.DevelopmentPhrase + " ");
        AssertError(SecretUriError.BadPhrase, SecretUri.DevelopmentPhrase.Replace("walk", "fit", StringComparison.Ordinal));
    }

    [Fact]
    public void SoftJunctionsAreForSr25519Alone()
    {
        Assert.Equal(SecretUriError.None, SecretUri.TryParse("//hard/soft", out SecretUri uri));
        Assert.Equal(SecretUriError.SoftJunction, uri.TryDeriveEd25519(out Ed25519KeyPair? ed25519));
        Assert.Equal(SecretUriError.SoftJunction, uri.TryDeriveEcdsa(out Secp256k1KeyPair? ecdsa));
        Assert.Null(ed25519);
        Assert.Null(ecdsa);
        uri.DeriveSr25519().Dispose();
    }

    /// <summary>A hexadecimal root that is no scalar of secp256k1; under ed25519 and sr25519 every seed is a key.</summary>
    [Fact]
    public void ASeedThatIsNoKeyIsSaidToBeNone()
    {
        foreach (string seed in (string[])[new('0', 64), new('f', 64)])
        {
            Assert.Equal(SecretUriError.None, SecretUri.TryParse("0x" + seed, out SecretUri uri));
            Assert.Equal(SecretUriError.BadKey, uri.TryDeriveEcdsa(out Secp256k1KeyPair? ecdsa));
            Assert.Null(ecdsa);
            Assert.Equal(SecretUriError.None, uri.TryDeriveEd25519(out Ed25519KeyPair? ed25519));
            ed25519!.Dispose();
        }
    }

    [Theory]
    [InlineData("0", "00")]
    [InlineData("1", "01")]
    [InlineData("+1", "01")]
    [InlineData("0018", "12")]
    [InlineData("256", "0001")]
    [InlineData("18446744073709551615", "ffffffffffffffff")]
    [InlineData("18446744073709551616", "503138343436373434303733373039353531363136")]
    [InlineData("-1", "082d31")]
    [InlineData("1\0", "083100")]
    [InlineData("+", "042b")]
    [InlineData("Alice", "14416c696365")]
    [InlineData("é", "08c3a9")]
    [InlineData("0123456789012345678901234567abc", "7c30313233343536373839303132333435363738393031323334353637616263")]
    public void ChainCodesAreNumbersOrText(string name, string expected)
    {
        ReadOnlySpan<char> path = "/" + name;
        Assert.True(DerivationJunction.TryTake(ref path, out DerivationJunction junction));
        byte[] chainCode = new byte[32];
        junction.WriteChainCode(chainCode);
        Assert.Equal(expected.PadRight(64, '0'), Convert.ToHexStringLower(chainCode));
    }

    [Theory]
    [InlineData(32, "80")]
    [InlineData(63, "fc")]
    [InlineData(64, "0101")]
    [InlineData(16_383, "fdff")]
    [InlineData(16_384, "02000100")]
    public void LongNamesAreHashed(int length, string prefix)
    {
        ReadOnlySpan<char> path = "//" + new string('x', length);
        Assert.True(DerivationJunction.TryTake(ref path, out DerivationJunction junction));
        Assert.True(junction.IsHard);
        byte[] chainCode = new byte[32], expected = new byte[32];
        junction.WriteChainCode(chainCode);
        Blake2b.Hash256([.. Convert.FromHexString(prefix), .. Encoding.ASCII.GetBytes(new string('x', length))], expected);
        Assert.Equal(expected, chainCode);
    }

    [Fact]
    public void AKeyPairOfEcdsaSignsAsItsAccount()
    {
        SecretUri.TryParse("//Alice", out SecretUri uri);
        Assert.Equal(SecretUriError.None, uri.TryDeriveEcdsa(out Secp256k1KeyPair? pair));
        byte[] key = new byte[33], account = new byte[32], signature = new byte[65], hash = new byte[32];
        pair!.PublicKey.Encode(key);
        Assert.Equal("020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1", Convert.ToHexStringLower(key));
        SubstrateEcdsa.WriteAccount(pair.PublicKey, account);
        pair.Sign("message"u8, signature);
        Assert.Equal(EcdsaError.None, SubstrateEcdsa.Verify(account, "message"u8, signature));
        pair.SignHash(hash, signature);
        Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Verify(pair.PublicKey, hash, signature));
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pair.SignHash(hash, signature));
    }

    private static string RandomUri(Random random, int index, bool soft)
    {
        string[] names = ["Alice", "stash", "0", "1", "42", "18446744073709551615", "Zürich", "a name of more than thirty one bytes", "x y", "日本", new string('y', 70)];
        string root = index % 20 == 0 ? Phrase(TestBytes.Random(16 + (4 * random.Next(5)), index)) : index % 40 == 1 ? "" : "0x" + Convert.ToHexStringLower(TestBytes.Random(32, index));
        StringBuilder uri = new(root);
        int junctions = root.Length == 0 ? 1 + random.Next(3) : random.Next(4);
        for (int junction = 0; junction < junctions; junction++)
        {
            uri.Append(soft && random.Next(2) == 0 && junction > 0 ? "/" : "//").Append(names[random.Next(names.Length)]);
        }

        if (index % 10 == 0) uri.Append("///").Append(((string[])["", "password", "with / and // in it", "Größe"])[random.Next(4)]);
        return uri.ToString();
    }

    private static string PublicKey(string scheme, string text)
    {
        Assert.Equal(SecretUriError.None, SecretUri.TryParse(text, out SecretUri uri));
        if (scheme == "sr25519")
        {
            using Sr25519KeyPair pair = uri.DeriveSr25519();
            return Convert.ToHexStringLower(pair.PublicKey);
        }

        if (scheme == "ed25519")
        {
            Assert.Equal(SecretUriError.None, uri.TryDeriveEd25519(out Ed25519KeyPair? pair));
            using (pair) return Convert.ToHexStringLower(pair!.PublicKey);
        }

        Assert.Equal(SecretUriError.None, uri.TryDeriveEcdsa(out Secp256k1KeyPair? ecdsa));
        byte[] key = new byte[33];
        ecdsa!.PublicKey.Encode(key);
        ecdsa.Dispose();
        return Convert.ToHexStringLower(key);
    }

    private static string Phrase(byte[] entropy)
    {
        char[] phrase = new char[Mnemonic.MaxTextLength];
        return new string(phrase, 0, Mnemonic.Write(entropy, phrase));
    }

    private static void AssertError(SecretUriError expected, string text) => Assert.Equal(expected, SecretUri.TryParse(text, out _));

    [Fact]
    public void WhatWasNotReadGivesNoKey()
    {
        Assert.Throws<InvalidOperationException>(() =>
        {
            Assert.Equal(SecretUriError.BadPhrase, SecretUri.TryParse("not a phrase", out SecretUri uri));
            uri.DeriveSr25519();
        });
    }
}
