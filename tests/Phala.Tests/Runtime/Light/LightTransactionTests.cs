using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Runtime.Light;
using Phala.Tests.Runtime.Metadata;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Light;

/// <summary>Fees and validity that the module computes, against the native runtime's.</summary>
public sealed class LightTransactionTests
{
    private const uint Nonce = 300;

    private const string Validate = "TaggedTransactionQueue_validate_transaction", Info = "TransactionPaymentApi_query_info";

    private static readonly TransactionExtensions Usual = new(Era.Immortal, Nonce, 5);

    [Fact]
    public void ValidityIsTheNativeRuntimesForEveryReason()
    {
        LightChain chain = Chain();
        byte[][] transactions = [.. Transactions()];
        byte[]?[] answers = LightChain.Answers(transactions.Select(transaction => Ask(chain, transaction)));
        byte[]?[] expected = [.. transactions.Select(transaction => LightModel.Answer(chain, Validate, Validation(transaction)))];
        for (int at = 0; at < expected.Length; at++) Assert.True(Text(expected[at]) == Text(answers[at]), $"{at}: {Text(expected[at])} is {Text(answers[at])}");
        string[] reasons = [.. expected.Where(answer => answer?[0] == 1).Select(answer => $"{answer![1]}.{answer[2]}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["0.1", "0.10", "0.12", "0.3", "0.4", "0.5", "0.9", "1.0", "1.1"], reasons);
        Assert.True(expected.Count(answer => answer?[0] == 0) >= 16, "few are valid");
        Assert.Contains(null, expected);
    }

    [Fact]
    public void FeesAreTheNativeRuntimes()
    {
        LightChain chain = Chain();
        (byte[] Transaction, uint Length)[] cases = [.. Transactions().SelectMany(transaction => new uint[] { (uint)transaction.Length, 0, uint.MaxValue }.Select(length => (transaction, length)))];
        byte[][] questions = [.. cases.Select(each => (byte[])[.. each.Transaction, .. BitConverter.GetBytes(each.Length)])];
        byte[]?[] answers = LightChain.Answers(questions.Select(question => chain.Ask(Info, question)));
        byte[]?[] expected = [.. questions.Select(question => LightModel.Answer(chain, Info, question))];
        Assert.Equal(expected.Select(Text), answers.Select(Text));
        Assert.True(expected.Select(Text).Distinct().Count() > 10);
    }

    [Fact]
    public void CallsThatHoldOthersCostAtLeastWhatTheModuleSays()
    {
        LightChain chain = Chain();
        byte[] question = [.. Signed(ClientSample.Call(true), Usual), 200, 0, 0, 0];
        UInt128 said = FeeOf(Assert.Single(LightChain.Answers([chain.Ask(Info, question)]))), due = FeeOf(LightModel.Answer(chain, Info, question));
        Assert.InRange(said, UInt128.One, due - 1);
    }

    [Fact]
    public void CallsThatAreFreeCostNothing()
    {
        LightChain chain = Chain();
        byte[] code = LightCode.Build(LightChain.Spec, call => LightChain.Runtime.Dispatcher.HandlerOf(call).Least with { PaysFee = call.Type == typeof(Sudo.RemoveKey) ? Pays.No : Pays.Yes });
        byte[] free = [.. Signed(RuntimeCall.Of(new Sudo.RemoveKey()), Usual), 200, 0, 0, 0], paid = [.. Signed(RuntimeCall.Of(new Sudo.SetKey(MultiAddress.Index(7))), Usual), 200, 0, 0, 0];
        byte[]?[] answers = LightChain.Answers([chain.Ask(Info, free), chain.Ask(Info, paid)], code);
        Assert.Equal(new byte[16], answers[0]![^16..]);
        Assert.Equal(LightModel.Answer(chain, Info, paid), answers[1]);
    }

    private static UInt128 FeeOf(byte[]? answer) => BinaryPrimitives.ReadUInt128LittleEndian(answer!.AsSpan()[^16..]);

    private static string Text(byte[]? answer) => answer is null ? "trap" : Hex.Format(answer);

    private static JsonArray Ask(LightChain chain, byte[] transaction) => chain.Ask(Validate, Validation(transaction));

    private static byte[] Validation(byte[] transaction) => [2, .. transaction, .. LightChain.Present.AsSpan()];

    private static LightChain Chain()
    {
        LightChain chain = new();
        foreach (SignatureScheme scheme in Enum.GetValues<SignatureScheme>())
        {
            chain.PutAccount(AccountOf(scheme), ClientSample.Info with { Nonce = Nonce, Data = ClientSample.Info.Data with { Free = ((UInt128)1 << 65) + Balances.Pha } });
        }

        return chain;
    }

    private static IEnumerable<byte[]> Transactions()
    {
        RuntimeCall transfer = ClientSample.Call(false), large = RuntimeCall.Of(new FrameSystem.Remark(Vec.Create<byte>(new byte[300])));
        foreach (SignatureScheme scheme in Enum.GetValues<SignatureScheme>())
        {
            byte[] good = Signed(transfer, Usual, scheme), bad = [.. good], other = [.. good];

            // The first half of the signature, and the second: of that ECDSA finds a key all the same, somebody else's.
            bad[50] ^= 1;
            other[80] ^= 1;
            yield return good;
            yield return bad;
            yield return other;
            yield return Signed(large, Usual with { Nonce = Nonce + 1 }, scheme);
        }

        foreach (uint nonce in new uint[] { 0, 63, 64, Nonce - 1, Nonce + 1, 16383, 16384, (1 << 30) - 1, 1 << 30, uint.MaxValue }) yield return Signed(transfer, Usual with { Nonce = nonce });
        UInt128 rich = ((UInt128)1 << 65) + Balances.Pha;
        foreach (UInt128 tip in new UInt128[] { 0, 63, ulong.MaxValue, ulong.MaxValue - 1, 1ul << 60, UInt128.One << 64, ((UInt128)3 << 64) - 1, rich - Balances.Pha, rich - 5_000_000_000, rich, UInt128.MaxValue }) yield return Signed(transfer, Usual with { Tip = tip });
        foreach (uint current in new uint[] { 61, 66, 67, 128, 129, 130, 131, 132 }) yield return Signed(transfer, Usual with { Era = Era.Mortal(64, current) });
        yield return Signed(transfer, Usual with { Era = Era.Mortal(65536, 96) });
        yield return Signed(transfer, Usual with { Era = Era.Mortal(4, 129) });
        yield return Signed(RuntimeCall.Of(new Timestamp.Set(5)), Usual);
        yield return Signed(RuntimeCall.Of(new Sudo.RemoveKey()), Usual with { Tip = 0 });
        foreach (byte[] other in Unsigned(Scale.Encode(transfer))) yield return other;

        byte[] whole = Signed(transfer, Usual with { Era = Era.Mortal(64, 120), Nonce = 1 << 30, Tip = (UInt128)1 << 100 });

        // Cut off before the call's second byte: the module reads no further.
        int body = whole.Length - 2 - Scale.Encode(transfer).Length + 2;
        for (int length = 0; length < body; length++) yield return Scale.Encode(new OpaqueExtrinsic(Vec.Create<byte>(whole.AsSpan(2, length))));
    }

    private static IEnumerable<byte[]> Unsigned(byte[] transfer)
    {
        byte[] extensions = Scale.Encode(Usual), set = Scale.Encode(RuntimeCall.Of(new Timestamp.Set(5)));
        MultiSignature signature = new(SignatureScheme.Sr25519, new byte[64]);
        MultiAddress[] addresses = [MultiAddress.Id(default), MultiAddress.Index(7), MultiAddress.Index(uint.MaxValue), MultiAddress.Raw([1, 2, 3]), MultiAddress.Address32(new byte[32]), MultiAddress.Address20(new byte[20])];
        foreach (MultiAddress address in addresses) yield return Scale.Encode(Extrinsic.Signed(address, signature, extensions, transfer));
        yield return Scale.Encode(Extrinsic.Bare(set));
        yield return Scale.Encode(Extrinsic.Bare(transfer));
        yield return Scale.Encode(new OpaqueExtrinsic(Vec.Create<byte>([5, .. transfer])));
        yield return Scale.Encode(Extrinsic.General(0, extensions, transfer));
        yield return Scale.Encode(Extrinsic.Bare([4, 255]));
        yield return Scale.Encode(new OpaqueExtrinsic(Vec.Create<byte>([6, .. transfer])));
        yield return [.. Scale.Encode(Extrinsic.Bare(transfer)), 0];
        yield return [];
    }

    private static byte[] Signed(RuntimeCall call, TransactionExtensions extensions, SignatureScheme scheme = SignatureScheme.Sr25519)
    {
        byte[] encoded = Scale.Encode(call), said = Scale.Encode(extensions), payload = new byte[SigningPayload.MaxLength], signature = new byte[MultiSignature.LengthOf(scheme)];
        Hash256 eraBlock = LightChain.HashOf(extensions.Era.Birth(LightChain.Number + 1));
        int length = SigningPayload.Write(encoded, said, Scale.Encode(new ImpliedData(LightChain.Spec, PhalaVersion.Transaction, LightChain.Genesis, eraBlock)), payload);
        ReadOnlySpan<byte> message = payload.AsSpan(0, length);
        switch (scheme)
        {
            case SignatureScheme.Ed25519:
                using (Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(Seed)) pair.Sign(message, signature);
                break;
            case SignatureScheme.Sr25519:
                using (Sr25519KeyPair pair = DevAccounts.Open("Alice")) pair.Sign(message, new byte[32], signature);
                break;
            default:
                byte[] hash = new byte[32];
                Phala.Crypto.Hashing.Blake2b.Hash256(message, hash);
                Assert.True(EcdsaSecp256k1.TrySign(Seed, hash, signature));
                break;
        }

        return Scale.Encode(Extrinsic.Signed(MultiAddress.Id(AccountOf(scheme)), new MultiSignature(scheme, signature), said, encoded));
    }

    private static byte[] Seed => [.. Enumerable.Range(1, 32).Select(at => (byte)at)];

    private static AccountId AccountOf(SignatureScheme scheme)
    {
        if (scheme == SignatureScheme.Sr25519) return ClientSample.Alice;
        byte[] account = new byte[AccountId.Size];
        if (scheme == SignatureScheme.Ed25519)
        {
            using Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(Seed);
            return new AccountId(pair.PublicKey);
        }

        Assert.True(EcdsaSecp256k1.TryDerivePublicKey(Seed, out Secp256k1PublicKey key));
        byte[] compressed = new byte[33];
        key.Encode(compressed);
        Phala.Crypto.Hashing.Blake2b.Hash256(compressed, account);
        return new AccountId(account);
    }
}
