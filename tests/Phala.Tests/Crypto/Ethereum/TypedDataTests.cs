using System.Text;
using Phala.Crypto.Ethereum;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Xunit;

namespace Phala.Tests.Crypto.Ethereum;

public sealed class TypedDataTests
{
    private static readonly TypedDataType Person = new("Person", new TypedDataField("string", "name"), new TypedDataField("address", "wallet"));
    private static readonly TypedDataType Mail = new(
        "Mail", new TypedDataField("Person", "from"), new TypedDataField("Person", "to"), new TypedDataField("string", "contents"));

    /// <summary>The example of EIP-712 with the values of its reference implementation.</summary>
    [Fact]
    public void TheExampleOfTheEipIsReproduced()
    {
        Assert.Equal("Mail(Person from,Person to,string contents)Person(string name,address wallet)", Mail.Encode(Mail, Person));
        byte[] mailType = TypeHash(Mail, Person);
        Assert.Equal("a0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2", Convert.ToHexStringLower(mailType));
        byte[] separator = Separator(new TypedDataDomain
        {
            Name = "Ether Mail", Version = "1", ChainId = 1, VerifyingContract = Convert.FromHexString("CcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"),
        });
        Assert.Equal("f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f", Convert.ToHexStringLower(separator));

        TypedDataEncoder mail = TypedDataEncoder.ForStruct(mailType);
        mail.AddHash(PersonHash("Cow", "CD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"));
        mail.AddHash(PersonHash("Bob", "bBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"));
        mail.AddString("Hello, Bob!");
        byte[] hash = new byte[32], digest = new byte[32], secret = new byte[32], signature = new byte[65];
        mail.Finish(hash);
        Assert.Equal("c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e", Convert.ToHexStringLower(hash));
        TypedDataEncoder.WriteDigest(separator, hash, digest);
        Assert.Equal("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2", Convert.ToHexStringLower(digest));

        Keccak256.Hash("cow"u8, secret);
        Assert.True(EcdsaSecp256k1.TrySign(secret, digest, signature));
        Assert.Equal(
            "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b9156201",
            Convert.ToHexStringLower(signature));
    }

    [Fact]
    public void ReferencedTypesAreSortedAndFoundThroughArraysAndCycles()
    {
        TypedDataType node = new("Node", new TypedDataField("Node[]", "children"), new TypedDataField("Zebra[2][]", "zebras"), new TypedDataField("uint8", "n"));
        TypedDataType zebra = new("Zebra", new TypedDataField("Ant", "ant"));
        TypedDataType ant = new("Ant", new TypedDataField("Node", "home"));
        TypedDataType unused = new("Unused", new TypedDataField("bool", "no"));
        Assert.Equal("Node(Node[] children,Zebra[2][] zebras,uint8 n)Ant(Node home)Zebra(Ant ant)", node.Encode(zebra, unused, node, ant));
        Assert.Equal("Zebra(Ant ant)Ant(Node home)Node(Node[] children,Zebra[2][] zebras,uint8 n)", zebra.Encode(node, ant, zebra));
        Assert.Equal("Unused(bool no)", unused.Encode());
    }

    [Fact]
    public void EveryKindOfValueTakesItsWord()
    {
        byte[] typeHash = TestBytes.Random(32, 1), array = new byte[32], actual = new byte[32], expected = new byte[32];
        TypedDataEncoder numbers = TypedDataEncoder.ForArray();
        numbers.AddUInt(1);
        numbers.AddUInt(UInt128.MaxValue);
        numbers.Finish(array);
        string long256 = new('é', 300);

        TypedDataEncoder encoder = TypedDataEncoder.ForStruct(typeHash);
        encoder.AddHash(array);
        encoder.AddInt(-2);
        encoder.AddInt(3);
        encoder.AddBool(true);
        encoder.AddBool(false);
        encoder.AddFixedBytes([0xAA, 0xBB]);
        encoder.AddAddress(TestBytes.Random(20, 2));
        encoder.AddWord(TestBytes.Random(32, 3));
        encoder.AddBytes([1, 2, 3]);
        encoder.AddString(long256);
        encoder.AddString("");
        encoder.Finish(actual);

        List<byte> words = [.. typeHash];
        words.AddRange(Keccak([.. Word("01"), .. Word(new string('f', 32))]));
        words.AddRange(Convert.FromHexString(new string('f', 63) + "e"));
        words.AddRange(Word("03"));
        words.AddRange(Word("01"));
        words.AddRange(Word("00"));
        words.AddRange(Convert.FromHexString("aabb" + new string('0', 60)));
        words.AddRange([.. new byte[12], .. TestBytes.Random(20, 2)]);
        words.AddRange(TestBytes.Random(32, 3));
        words.AddRange(Keccak([1, 2, 3]));
        words.AddRange(Keccak(Encoding.UTF8.GetBytes(long256)));
        words.AddRange(Keccak([]));
        Keccak256.Hash(words.ToArray(), expected);
        Assert.Equal(expected, actual);
    }

    /// <summary>§1.9 and V11 of the client protocol: certificates and queries of Phat contracts.</summary>
    [Fact]
    public void CertificatesOfTheClientProtocolAreReproduced()
    {
        Assert.Equal("599a80fcaa47b95e2323ab4d34d34e0cc9feda4b843edafcc30c7bdf60ea15bf", Convert.ToHexStringLower(TypeHash(PhatDomain("x").Type)));
        Assert.Equal("b382483f2bb8b73ff5dce1179dabde394a3f569e1f2327645fce28d539631783", Convert.ToHexStringLower(TypeHash(PhatMessages.Certificate)));
        Assert.Equal("1925a96cb83cb9341a022d4e2f2bf6de54854e47c1fcd23b70e7f08b0287179f", Convert.ToHexStringLower(TypeHash(PhatMessages.Query)));
        Assert.Equal("681b32fdbfb15141f48012891b2ab3064e37a72053ef9c148a8d939138a51db7", Convert.ToHexStringLower(Separator(PhatDomain("Phat Query Certificate"))));

        byte[] certificate = PhatMessages.CertificateDigest("Hello"u8, 42), query = PhatMessages.QueryDigest("Hello"u8);
        Assert.Equal("dab3c1073ec2a5ab6a4b98cd76051541d48672409bba6d23bb9eafc9b954c17a", Convert.ToHexStringLower(certificate));
        Assert.Equal("2f77da1de54e22c205842fcaf29b9c31c424d4701d6eb6b805fca23c937937d0", Convert.ToHexStringLower(query));
        byte[] signer = Convert.FromHexString("029df1e69b8b7c2da2efe0069dc141c2cec0317bf3fd135abaeb69ee33801f5970");
        AssertSigner(signer, certificate, "885074f9b49de7bb73d23a801a69fb160f7cfef50cbf710c7aaff70c5581d7ab63bb7a80e4d8b3983498a9ffb10130fdcb98d5d5c49b7f84e3f99f194c26dcdf1b");
        AssertSigner(signer, query, "b0ba4176ef624a71837c1a63e9c502c02314414883413913c126e05bfb3fda60474e0758b49c91647cd735c11d2a9575647509bdd2aef4eb5c5eba0019463a681c");

        Secp256k1PublicKey.TryDecode(signer, out Secp256k1PublicKey key);
        byte[] account = new byte[32];
        SubstrateEcdsa.WriteEvmAccount(key, account);
        Assert.Equal("77bb3d64ea13e4f0beafdd5d92508d4643bb09cb4065766d5f61646472657373", Convert.ToHexStringLower(account));
    }

    [Fact]
    public void TheDeterministicCertificateOfTheClientProtocolIsReproduced()
    {
        byte[] secret = Convert.FromHexString("415ac5b1b9c3742f85f2536b1eb60a03bf64a590ea896b087182f9c92f41ea12");
        byte[] body = Convert.FromHexString("80e2717db1170eb082174cc611998c8dd2b510b037854a3b0cbd3d35e53f625502ffffff7f00000000");
        byte[] digest = PhatMessages.CertificateDigest(body, int.MaxValue), signature = new byte[65], compressed = new byte[33], address = new byte[20];
        Assert.Equal("f1dac4205932999ab403dd50129ae4db480ee3e5dfa19ede7ff2cdcb73fed544", Convert.ToHexStringLower(digest));
        Assert.True(EcdsaSecp256k1.TrySign(secret, digest, signature));
        signature[64] += 27;
        Assert.Equal("d717572e25aae4967a28646af76dc0e7cdf78901e0b7262ebe0bafe939c4bdee6f11cde2f8c6ee3d457ec06d715965983edb4be95cd787306a749e00e5b095571b", Convert.ToHexStringLower(signature));
        Assert.True(EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey key));
        key.Encode(compressed);
        EthereumAddress.Write(key, address);
        Assert.Equal("027cf2fa7bfe66adad4149481ff86794ce7e1ab2f7ed615ad3918f91581d2c00f1", Convert.ToHexStringLower(compressed));
        Assert.Equal("0xe66bBB2B28273f4f0307e4c48fa30e304203016c", EthereumAddress.Format(address));
    }

    /// <summary>§1.14 of the client protocol: meta calls of mapped accounts.</summary>
    [Fact]
    public void TypesOfMetaCallsAreThoseOfTheClientProtocol()
    {
        TypedDataType call = new("SubstrateCall", new TypedDataField("string", "who"), new TypedDataField("bytes", "callData"), new TypedDataField("uint64", "nonce"));
        Assert.Equal("8f7d715047831c0a05c9de53def11a98dc1195de7e069b466f0c0391a5761b7d", Convert.ToHexStringLower(TypeHash(call)));
        TypedDataDomain domain = new() { Name = "PhalaNetwork", Version = "2", ChainId = 0, VerifyingContract = new byte[20] };
        Assert.Equal("8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f", Convert.ToHexStringLower(TypeHash(domain.Type)));
    }

    [Fact]
    public void WrongLengthsAreBugsOfTheCaller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TypedDataEncoder.ForStruct(new byte[31]).Finish(new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TypedDataEncoder.ForArray().AddAddress(new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TypedDataEncoder.ForArray().AddFixedBytes([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TypedDataEncoder.ForArray().AddFixedBytes(new byte[33]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TypedDataEncoder.WriteDigest(new byte[32], new byte[31], new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TypedDataEncoder.WriteDigest(new byte[33], new byte[32], new byte[32]));
    }

    private static TypedDataDomain PhatDomain(string name) => PhatMessages.Domain(name);

    private static byte[] PersonHash(string name, string wallet)
    {
        TypedDataEncoder person = TypedDataEncoder.ForStruct(TypeHash(Person));
        person.AddString(name);
        person.AddAddress(Convert.FromHexString(wallet));
        byte[] hash = new byte[32];
        person.Finish(hash);
        return hash;
    }

    private static void AssertSigner(byte[] expected, byte[] digest, string signature)
    {
        byte[] signer = new byte[33];
        Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Recover(digest, Convert.FromHexString(signature), out Secp256k1PublicKey key));
        key.Encode(signer);
        Assert.Equal(expected, signer);
    }

    private static byte[] TypeHash(TypedDataType type, params TypedDataType[] others)
    {
        byte[] hash = new byte[32];
        type.WriteHash(hash, others);
        return hash;
    }

    private static byte[] Separator(TypedDataDomain domain)
    {
        byte[] separator = new byte[32];
        domain.WriteSeparator(separator);
        return separator;
    }

    private static byte[] Word(string hex) => Convert.FromHexString(hex.PadLeft(64, '0'));

    private static byte[] Keccak(byte[] message)
    {
        byte[] hash = new byte[32];
        Keccak256.Hash(message, hash);
        return hash;
    }
}
