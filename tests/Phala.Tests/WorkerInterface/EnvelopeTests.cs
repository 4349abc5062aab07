using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.WorkerInterface;

public sealed class EnvelopeTests
{
    private static readonly X25519KeyPair Key = X25519KeyPair.Derive(ClusterWorld.Bytes("key"));
    private static readonly X25519PublicKey PublicKey = new(Key.PublicKey), NoKey = new(new byte[X25519PublicKey.Size]);
    private static readonly CommandContext Context = new(ClusterWorld.Genesis, ClusterWorld.Id, ClusterWorld.Vault, ClusterWorld.Owner);
    private static readonly CommandBody Body = new([1, 2], 3, 4, default, default);

    [Fact]
    public void Padding_covers_grows_and_takes_a_quarter_at_most() => Prop.ForAll<uint, byte>((number, shift) =>
    {
        int length = (int)(number >> (8 + (shift % 24))), padded = Padding.LengthOf(length);
        Assert.True(padded >= length && padded >= Padding.Shortest);
        Assert.True(padded <= Padding.Shortest || padded - length <= length / 4);
        Assert.Equal(padded, Padding.LengthOf(padded));
        Assert.True(Padding.LengthOf(length + 1) >= padded);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lengths_between_two_powers_of_two_are_four()
    {
        for (int power = 256; power < 1 << 20; power *= 2)
        {
            Assert.Equal(4, Enumerable.Range(power + 1, power).Select(Padding.LengthOf).Distinct().Count());
        }
    }

    [Fact]
    public void Commands_of_like_length_are_of_equal_length()
    {
        HashSet<int> lengths = [];
        for (int length = 0; length < 180; length += 3) lengths.Add(Seal(Body with { Message = [.. new byte[length]] }).Ciphertext.Length);
        Assert.Equal([Padding.Shortest + Hpke.Overhead], lengths);
    }

    [Fact]
    public void Nothing_is_sealed_to_a_key_that_is_none()
    {
        Assert.Equal(EnvelopeError.InvalidKey, CommandEnvelope.Seal(Context, NoKey, 0, default, 1, Body, ClusterWorld.Bytes("e"), out SealedCommand? command));
        Assert.Null(command);
        using ClusterSecrets secrets = new(0, ClusterWorld.Bytes("c"), ClusterWorld.Bytes("r"));
        Assert.Equal(EnvelopeError.InvalidKey, KeyWrap.Seal(default, NoKey, secrets, ClusterWorld.Bytes("e"), new byte[KeyWrap.Length]));
        Assert.Equal(EnvelopeError.InvalidKey, ReceiptEnvelope.Seal(default, NoKey, new SealedOutcome.WithoutOutput(default, 0, 0, default), ClusterWorld.Bytes("e"), out Vec<byte> envelope));
        Assert.Equal(0, envelope.Length);
        QueryBody query = new(new QueryRequest(default, new InkQueryData.CommandOutput(default), default, 0, 0), default);
        Assert.Equal(EnvelopeError.InvalidKey, QueryEnvelope.Seal(default, default, default, NoKey, query, ClusterWorld.Bytes("e"), out SealedQuery? none, out AnswerKey? key));
        Assert.True(none is null && key is null);
        Assert.Equal(EnvelopeError.InvalidKey, CommandEnvelope.TryOpen(Context, Key, Seal(Body) with { Ciphertext = [.. new byte[400]] }, out _));
    }

    [Fact]
    public void Envelopes_of_a_wrong_length_are_refused_unopened()
    {
        SealedCommand command = Seal(Body);
        Assert.Equal(EnvelopeError.Truncated, CommandEnvelope.TryOpen(Context, Key, command with { Ciphertext = [.. command.Ciphertext.AsSpan()[..(Hpke.Overhead - 1)]] }, out _));
        Assert.Equal(EnvelopeError.TooLong, CommandEnvelope.TryOpen(Context, Key, command with { Ciphertext = [.. new byte[CommandEnvelope.LongestBody + Hpke.Overhead + 1]] }, out _));
        Assert.Equal(EnvelopeError.TooLong, CommandEnvelope.Seal(Context, PublicKey, 0, default, 1, Body with { Message = [.. new byte[CommandEnvelope.LongestBody]] }, ClusterWorld.Bytes("e"), out _));
        Assert.Equal(EnvelopeError.Truncated, KeyWrap.TryOpen(default, Key, new byte[KeyWrap.Length - 1], out _));
        Assert.Equal(EnvelopeError.TooLong, KeyWrap.TryOpen(default, Key, new byte[KeyWrap.Length + 1], out _));
        SealedQuery query = new(default, default, default, [.. new byte[QueryEnvelope.LongestBody + Hpke.Overhead + 1]]);
        Assert.Equal(EnvelopeError.TooLong, QueryEnvelope.TryOpen(default, default, Key, query, out _, out _));
        Assert.Equal(EnvelopeError.Truncated, QueryEnvelope.TryOpen(default, default, Key, query with { Ciphertext = default }, out _, out _));
    }

    [Fact]
    public void A_body_has_one_padded_form()
    {
        byte[] padded = SealedContent.Pad(Body);
        Assert.True(SealedContent.TryUnpad<CommandBody>(padded, out CommandBody? read));
        Assert.Equal(Body, read);
        Assert.False(SealedContent.TryUnpad<CommandBody>([.. padded, 0], out _));
        Assert.False(SealedContent.TryUnpad<CommandBody>(padded.AsSpan(0, 255), out _));
        Assert.False(SealedContent.TryUnpad<CommandBody>([.. padded, .. new byte[64]], out _));
        padded[^1] = 1;
        Assert.False(SealedContent.TryUnpad<CommandBody>(padded, out _));
        Assert.False(SealedContent.TryUnpad<CommandBody>(Enumerable.Repeat((byte)255, 256).ToArray(), out _));
    }

    [Fact]
    public void Wrapped_secrets_of_another_epoch_than_their_wrap_are_malformed()
    {
        KeyWrapContext context = new(ClusterWorld.Genesis, ClusterWorld.Id, 1, default, default);
        byte[] plaintext = new byte[ClusterSecrets.EncodedLength], wrap = new byte[KeyWrap.Length];
        plaintext[0] = 2;
        Assert.Equal(HpkeError.None, Hpke.Seal(Key.PublicKey, EnvelopeInfo.KeyWrap(context), [], plaintext, ClusterWorld.Bytes("e"), wrap));
        Assert.Equal(EnvelopeError.Malformed, KeyWrap.TryOpen(context, Key, wrap, out ClusterSecrets? secrets));
        Assert.Null(secrets);
    }

    [Fact]
    public void Secrets_survive_their_wrap()
    {
        KeyWrapContext context = new(ClusterWorld.Genesis, ClusterWorld.Id, 1, default, default);
        using ClusterSecrets secrets = new(1, ClusterWorld.Bytes("c"), ClusterWorld.Bytes("r"));
        byte[] wrap = new byte[KeyWrap.Length];
        KeyWrap.Seal(context, PublicKey, secrets, ClusterWorld.Bytes("e"), wrap);
        Assert.Equal(EnvelopeError.None, KeyWrap.TryOpen(context, Key, wrap, out ClusterSecrets? opened));
        byte[] before = new byte[ClusterSecrets.EncodedLength], after = new byte[ClusterSecrets.EncodedLength];
        secrets.Write(before);
        opened!.Write(after);
        Assert.Equal(before, after);
        Assert.Throws<ArgumentException>(() => KeyWrap.Seal(context with { Epoch = 2 }, PublicKey, secrets, ClusterWorld.Bytes("e"), wrap));
        opened.Dispose();
    }

    [Fact]
    public void What_follows_from_the_root_secret_differs_by_purpose_and_place_and_not_by_epoch()
    {
        using ClusterSecrets first = new(0, ClusterWorld.Bytes("c"), ClusterWorld.Bytes("r")), later = new(1, ClusterWorld.Bytes("d"), ClusterWorld.Bytes("r")), other = new(0, ClusterWorld.Bytes("c"), ClusterWorld.Bytes("s"));
        Assert.Equal(All(first), All(later));
        string[] everything = [.. All(first), .. All(other)];
        Assert.Equal(everything.Length, everything.Distinct().Count());

        static string[] All(ClusterSecrets secrets)
        {
            byte[] bytes = new byte[32];
            List<string> all = [Convert.ToHexString(Public(secrets.DeriveClusterIdentity())), Convert.ToHexString(Public(secrets.DeriveContractIdentity(ClusterWorld.Vault))), Convert.ToHexString(Public(secrets.DeriveContractIdentity(default)))];
            MessageId place = new(1, Channel.OfCluster(ClusterWorld.Id), 2);
            foreach (MessageId message in (MessageId[])[place, place with { Count = 2 }, place with { Index = 1 }, place with { Channel = Channel.System }])
            {
                secrets.DeriveReceiptBlinder(message, bytes);
                all.Add(Convert.ToHexString(bytes));
                secrets.DeriveReceiptEphemeral(message, bytes);
                all.Add(Convert.ToHexString(bytes));
            }

            return [.. all];
        }

        static byte[] Public(Sr25519KeyPair pair)
        {
            using (pair) return pair.PublicKey.ToArray();
        }
    }

    [Fact]
    public void Derivation_puts_every_part_behind_its_length()
    {
        byte[] root = ClusterWorld.Bytes("r"), key = new byte[32], output = new byte[32];
        RootDerivation.Extract(root, key);
        RootDerivation.Fill(key, "ab"u8, "c"u8, output);
        byte[] expected = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, 32, [.. "phala cluster root v1"u8], [2, 0, 0, 0, .. "ab"u8, 1, 0, 0, 0, .. "c"u8]);
        Assert.Equal(expected, output);
    }

    [Fact]
    public void An_answer_opens_for_who_sealed_the_query_and_no_key_seals_twice()
    {
        Sr25519PublicKey session = new(ClusterWorld.Bytes("session"));
        QueryBody body = new(new QueryRequest(ClusterWorld.Vault, new InkQueryData.CommandOutput(default), default, 0, 0), default);
        QueryEnvelope.Seal(ClusterWorld.Genesis, ClusterWorld.Id, session, PublicKey, body, ClusterWorld.Bytes("e"), out SealedQuery? query, out AnswerKey? client);
        Assert.Equal(EnvelopeError.None, QueryEnvelope.TryOpen(ClusterWorld.Genesis, session, Key, query!, out _, out AnswerKey? worker));
        FreshnessRecord record = new(default, default, default, default, 1, default, 2, default, 3, session, 4, default, default, default);
        QueryAnswer answer = new(record, default, new QueryOutcome.Refused(QueryRefusal.Busy));
        byte[] first = worker!.Seal(answer, ClusterWorld.Bytes("1")), second = worker.Seal(answer, ClusterWorld.Bytes("2"));
        Assert.False(first.AsSpan(32).SequenceEqual(second.AsSpan(32)));
        foreach (byte[] envelope in (byte[][])[first, second])
        {
            Assert.Equal(EnvelopeError.None, client!.TryOpen(envelope, out QueryAnswer? opened));
            Assert.Equal(answer, opened);
        }

        QueryEnvelope.Seal(ClusterWorld.Genesis, ClusterWorld.Id, session, PublicKey, body, ClusterWorld.Bytes("f"), out _, out AnswerKey? stranger);
        Assert.Equal(EnvelopeError.NotAuthentic, stranger!.TryOpen(first, out QueryAnswer? nothing));
        Assert.Null(nothing);
        for (int at = 0; at < first.Length; at += 17)
        {
            first[at] ^= 1;
            Assert.Equal(EnvelopeError.NotAuthentic, client!.TryOpen(first, out _));
            first[at] ^= 1;
        }

        Assert.Equal(EnvelopeError.Truncated, client!.TryOpen(first.AsSpan(0, 47), out _));
        Assert.Equal(EnvelopeError.TooLong, client.TryOpen(new byte[AnswerKey.LongestAnswer + 1], out _));
        foreach (AnswerKey? key in (AnswerKey?[])[client, worker, stranger]) key!.Dispose();
    }

    [Fact]
    public void Older_envelopes_with_points_that_are_none_do_not_open()
    {
        using Sr25519KeyPair own = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("seed")), peer = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("peer"));
        Assert.Equal(EnvelopeError.None, LegacyEnvelope.Seal(peer, own.PublicKey, default, [1, 2, 3], out EncryptedData? data));
        Assert.Equal(EnvelopeError.None, LegacyEnvelope.TryOpen(own, data!, out byte[]? plaintext));
        Assert.Equal<byte>([1, 2, 3], plaintext!);
        Assert.Equal(EnvelopeError.NotAuthentic, LegacyEnvelope.TryOpen(peer, data!, out plaintext));
        Assert.Null(plaintext);
        foreach (byte fill in (byte[])[0, 1, 255])
        {
            Sr25519PublicKey point = new(Enumerable.Repeat(fill, 32).ToArray());
            Assert.Equal(EnvelopeError.InvalidKey, LegacyEnvelope.TryOpen(own, data! with { Pubkey = point }, out _));
            Assert.Equal(EnvelopeError.InvalidKey, LegacyEnvelope.Seal(own, point.AsSpan(), default, [], out _));
        }

        Assert.Equal(EnvelopeError.Truncated, LegacyEnvelope.TryOpen(own, data! with { Data = [.. new byte[15]] }, out _));
        Assert.Equal(EnvelopeError.NotAuthentic, LegacyEnvelope.TryOpen(own, data! with { Iv = new Iv(Enumerable.Repeat((byte)1, 12).ToArray()) }, out _));
    }

    private static SealedCommand Seal(CommandBody body)
    {
        Assert.Equal(EnvelopeError.None, CommandEnvelope.Seal(Context, PublicKey, 0, default, 1, body, ClusterWorld.Bytes("e"), out SealedCommand? command));
        return command!;
    }
}
