using System.Globalization;
using Phala.Crypto.Ethereum;
using Phala.Crypto.Hashing;

namespace Phala.Tests.Crypto.Ethereum;

/// <summary>The two messages that an Ethereum wallet signs for Phala's client, §1.9 of its protocol.</summary>
internal static class PhatMessages
{
    public static TypedDataType Certificate { get; } = new(
        "IssueQueryCertificate", new TypedDataField("string", "description"), new TypedDataField("string", "timeToLive"), new TypedDataField("bytes", "encodedCert"));

    public static TypedDataType Query { get; } = new(
        "PhatContractQuery", new TypedDataField("string", "description"), new TypedDataField("bytes", "encodedQuery"));

    public static TypedDataDomain Domain(string name)
    {
        byte[] salt = new byte[32];
        Keccak256.Hash("phala/phat-contract"u8, salt);
        return new TypedDataDomain { Name = name, Version = "1", Salt = salt };
    }

    public static byte[] CertificateDigest(ReadOnlySpan<byte> body, int ttl)
    {
        TypedDataEncoder encoder = TypedDataEncoder.ForStruct(TypeHash(Certificate));
        encoder.AddString("You are signing a Certificate that can be used to query Phat Contracts using your identity without further prompts.");
        encoder.AddString(string.Create(CultureInfo.InvariantCulture, $"The Certificate will be valid till block {ttl}."));
        encoder.AddBytes(body);
        return Digest("Phat Query Certificate", encoder);
    }

    public static byte[] QueryDigest(ReadOnlySpan<byte> query)
    {
        TypedDataEncoder encoder = TypedDataEncoder.ForStruct(TypeHash(Query));
        encoder.AddString("You are signing a query request that would be sent to a Phat Contract.");
        encoder.AddBytes(query);
        return Digest("Phat Contract Query", encoder);
    }

    private static byte[] Digest(string domain, TypedDataEncoder message)
    {
        byte[] separator = new byte[32], hash = new byte[32], digest = new byte[32];
        Domain(domain).WriteSeparator(separator);
        message.Finish(hash);
        TypedDataEncoder.WriteDigest(separator, hash, digest);
        return digest;
    }

    private static byte[] TypeHash(TypedDataType type)
    {
        byte[] hash = new byte[32];
        type.WriteHash(hash);
        return hash;
    }
}
