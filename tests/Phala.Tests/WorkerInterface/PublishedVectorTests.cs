using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Testing;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.WorkerInterface;

/// <summary>What Phala's published client packages computed, computed here.</summary>
public sealed class PublishedVectorTests
{
    /// <summary>Before a query's data stand the contract and the client's nonce; before an answer's the nonce, ok, the kind of answer and a length.</summary>
    private const int QueryHead = 64, AnswerHead = 35;

    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("WorkerInterface/Vectors/phala-envelopes.txt");

    [Theory]
    [InlineData("query")]
    [InlineData("response")]
    public void Envelopes_open(string name)
    {
        using Sr25519KeyPair own = Sr25519KeyPair.FromSeed(Named(name).Bytes("seed"));
        EncryptedData data = Scale.Decode<EncryptedData>(Named(name).Bytes("envelope")).Value!;
        Assert.Equal(EnvelopeError.None, LegacyEnvelope.TryOpen(own, data, out byte[]? plaintext));
        Assert.Equal(Named(name).Bytes("plaintext"), plaintext);
    }

    [Fact]
    public void An_envelope_is_sealed_to_the_same_bytes()
    {
        Vector vector = Named("query");
        using Sr25519KeyPair own = Sr25519KeyPair.FromSeed(vector.Bytes("peerSeed")), worker = Sr25519KeyPair.FromSeed(vector.Bytes("seed"));
        Assert.Equal(EnvelopeError.None, LegacyEnvelope.Seal(own, worker.PublicKey, new Iv(vector.Bytes("iv")), vector.Bytes("plaintext"), out EncryptedData? data));
        Assert.Equal(vector.Bytes("envelope"), Scale.Encode(data!));
    }

    [Fact]
    public void Commands_are_encoded_and_open()
    {
        Vector vector = Named("command");
        CommandPayload.Plain plain = Assert.IsType<CommandPayload.Plain>(Scale.Decode<CommandPayload>(vector.Bytes("plain")).Value);
        Assert.Equal(vector.Bytes("plaintext"), Scale.Encode(plain.Command));
        CommandPayload.Encrypted encrypted = Assert.IsType<CommandPayload.Encrypted>(Scale.Decode<CommandPayload>(vector.Bytes("encrypted")).Value);
        using Sr25519KeyPair contract = Sr25519KeyPair.FromSeed(vector.Bytes("seed"));
        Assert.Equal(EnvelopeError.None, LegacyEnvelope.TryOpen(contract, encrypted.Data, out byte[]? plaintext));
        Assert.Equal(vector.Bytes("plaintext"), plaintext);
    }

    [Theory]
    [InlineData("query", typeof(InkQueryData.InkMessage))]
    [InlineData("query-instantiate", typeof(InkQueryData.InkInstantiate))]
    public void Queries_have_the_published_encoding(string name, Type kind)
    {
        byte[] data = Named(name).Bytes("plaintext")[QueryHead..];
        InkQueryData decoded = Scale.Decode<InkQueryData>(data).Value!;
        Assert.IsType(kind, decoded);
        Assert.Equal(data, Scale.Encode(decoded));
    }

    [Fact]
    public void An_answer_has_the_published_encoding_and_coarse_figures()
    {
        Vec<byte> data = [0, 0x00, 0x10, 0xa5, 0xd4, 0xe8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        ContractExecResult result = new(
            Coarsening.Weight(0), Coarsening.Weight(0), new StorageDeposit.Charge(Coarsening.Deposit(0, 1)), default, Result<ExecReturnValue, DispatchError>.Ok(new ExecReturnValue(0, data)), default);
        Assert.Equal(Named("response").Bytes("result"), Scale.Encode(result));
        Assert.Equal(Named("response").Bytes("result"), Named("response").Bytes("plaintext")[AnswerHead..]);
    }

    private static Vector Named(string name) => Vectors.Single(vector => vector.Name == name);
}
