using System.Text;
using Phala.Crypto.Ethereum;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Ethereum;

public sealed class TypedDataTests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Ethereum/Vectors/messages.txt");
    private static readonly TypedDataType Person = new("Person", new TypedDataField("string", "name"), new TypedDataField("address", "wallet"));
    private static readonly TypedDataType Mail = new(
        "Mail", new TypedDataField("Person", "from"), new TypedDataField("Person", "to"), new TypedDataField("string", "contents"));

    /// <summary>The example of EIP-712 with the values of its reference implementation.</summary>
    [Fact]
    public void TheExampleOfTheEipIsReproduced()
    {
        Vector vector = Named("ether-mail");
        Assert.Equal("Mail(Person from,Person to,string contents)Person(string name,address wallet)", Mail.Encode(Mail, Person));
        byte[] mailType = TypeHash(Mail, Person);
        Assert.Equal(vector.Bytes("type"), mailType);
        byte[] separator = Separator(new TypedDataDomain
        {
            Name = "Ether Mail", Version = "1", ChainId = 1, VerifyingContract = Convert.FromHexString("CcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"),
        });
        Assert.Equal(vector.Bytes("separator"), separator);

        TypedDataEncoder mail = TypedDataEncoder.ForStruct(mailType);
        mail.AddHash(PersonHash("Cow", "CD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"));
        mail.AddHash(PersonHash("Bob", "bBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"));
        mail.AddString("Hello, Bob!");
        byte[] hash = new byte[32], digest = new byte[32], secret = new byte[32], signature = new byte[65];
        mail.Finish(hash);
        Assert.Equal(vector.Bytes("hash"), hash);
        TypedDataEncoder.WriteDigest(separator, hash, digest);
        Assert.Equal(vector.Bytes("digest"), digest);

        Keccak256.Hash("cow"u8, secret);
        Assert.True(EcdsaSecp256k1.TrySign(secret, digest, signature));
        Assert.Equal(vector.Bytes("signature"), signature);
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
        Vector types = Named("phat-types"), vector = Named("phat-hello");
        Assert.Equal(types.Bytes("domain"), TypeHash(PhatDomain("x").Type));
        Assert.Equal(types.Bytes("certificate"), TypeHash(PhatMessages.Certificate));
        Assert.Equal(types.Bytes("query"), TypeHash(PhatMessages.Query));
        Assert.Equal(types.Bytes("separator"), Separator(PhatDomain("Phat Query Certificate")));

        byte[] certificate = PhatMessages.CertificateDigest("Hello"u8, vector.Number("ttl")), query = PhatMessages.QueryDigest("Hello"u8);
        Assert.Equal(vector.Bytes("certificate"), certificate);
        Assert.Equal(vector.Bytes("query"), query);
        byte[] signer = vector.Bytes("signer"), account = new byte[32];
        AssertSigner(signer, certificate, vector.Bytes("certificateSignature"));
        AssertSigner(signer, query, vector.Bytes("querySignature"));

        Assert.Equal(Secp256k1PublicKeyError.None, Secp256k1PublicKey.TryDecode(signer, out Secp256k1PublicKey key));
        SubstrateEcdsa.WriteEvmAccount(key, account);
        Assert.Equal(vector.Bytes("account"), account);
    }

    [Fact]
    public void TheDeterministicCertificateOfTheClientProtocolIsReproduced()
    {
        Vector vector = Named("phat-certificate");
        byte[] secret = vector.Bytes("secret"), digest = PhatMessages.CertificateDigest(vector.Bytes("body"), int.MaxValue), signature = new byte[65];
        Assert.Equal(vector.Bytes("digest"), digest);
        Assert.True(EcdsaSecp256k1.TrySign(secret, digest, signature));
        signature[64] += 27;
        Assert.Equal(vector.Bytes("signature"), signature);

        byte[] compressed = new byte[33], address = new byte[20], account = new byte[32];
        Assert.True(EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey key));
        key.Encode(compressed);
        EthereumAddress.Write(key, address);
        Assert.Equal(vector.Bytes("public"), compressed);
        Assert.Equal(vector.Text("address"), EthereumAddress.Format(address));
        SubstrateEcdsa.WriteEvmAccount(key, account);
        Assert.Equal(vector.Bytes("evmAccount"), account);
        SubstrateEcdsa.WriteAccount(key, account);
        Assert.Equal(vector.Bytes("account"), account);
    }

    /// <summary>§1.14 and V11 of the client protocol: meta calls of mapped accounts.</summary>
    [Fact]
    public void MetaCallsOfTheClientProtocolAreReproduced()
    {
        Vector vector = Named("substrate-call");
        TypedDataType call = new("SubstrateCall", new TypedDataField("string", "who"), new TypedDataField("bytes", "callData"), new TypedDataField("uint64", "nonce"));
        TypedDataDomain domain = new() { Name = "PhalaNetwork", Version = "2", ChainId = 0, VerifyingContract = new byte[20] };
        Assert.Equal(vector.Bytes("type"), TypeHash(call));
        Assert.Equal(vector.Bytes("domain"), TypeHash(domain.Type));

        TypedDataEncoder encoder = TypedDataEncoder.ForStruct(TypeHash(call));
        encoder.AddString(vector.Text("who"));
        encoder.AddBytes(vector.Bytes("callData"));
        encoder.AddUInt((ulong)vector.Number("nonce"));
        byte[] hash = new byte[32], digest = new byte[32];
        encoder.Finish(hash);
        TypedDataEncoder.WriteDigest(Separator(domain), hash, digest);
        Assert.Equal(vector.Bytes("digest"), digest);
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

    private static Vector Named(string name) => Vectors.Single(vector => vector.Name == name);

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

    private static void AssertSigner(byte[] expected, byte[] digest, byte[] signature)
    {
        byte[] signer = new byte[33];
        Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Recover(digest, signature, out Secp256k1PublicKey key));
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
