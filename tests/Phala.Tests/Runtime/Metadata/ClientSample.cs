using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Tests.Runtime.Metadata;

/// <summary>What the runtime's types make of a small chain, for clients to read.</summary>
internal static class ClientSample
{
    public const uint Spec = PhalaVersion.OldestSpec;

    public static readonly AccountId Alice = Account("Alice"), Bob = Account("Bob");

    public static readonly AccountInfo Info = new(7, 1, 2, 3, new AccountData(Balances.Pha * 5, 11, 12, AccountData.Empty.Flags));

    public static readonly TransactionExtensions Extensions = new(Era.Mortal(64, 1000), 300, 77);

    public static readonly Balances.TransferKeepAlive Transfer = new(MultiAddress.Id(Bob), Balances.Pha * 3);

    public static readonly byte[] Implied = Scale.Encode(new ImpliedData(Spec, PhalaVersion.Transaction, Hash(1), Hash(2)));

    public static OpaqueExtrinsic Extrinsic(RuntimeCall call, out byte[] signature)
    {
        byte[] encoded = Scale.Encode(call), extensions = Scale.Encode(Extensions), payload = new byte[SigningPayload.MaxLength];
        int length = SigningPayload.Write(encoded, extensions, Implied, payload);
        signature = new byte[64];
        using Sr25519KeyPair pair = DevAccounts.Open("Alice");
        pair.Sign(payload.AsSpan(0, length), new byte[32], signature);
        return Phala.Chain.Extrinsics.Extrinsic.Signed(MultiAddress.Id(Alice), new MultiSignature(SignatureScheme.Sr25519, signature), extensions, encoded);
    }

    public static Vec<EventRecord> Events()
    {
        DispatchInfo info = new(new Weight(1_000_000, 20), DispatchClass.Operational, Pays.No);
        RuntimeEvent[] events =
        [
            RuntimeEvent.Of(new FrameSystem.NewAccount(Bob)),
            RuntimeEvent.Of(new Balances.Transfer(Alice, Bob, 12)),
            RuntimeEvent.Of(new Sudo.Sudid(Result<Unit, DispatchError>.Err(DispatchError.Module(6, 0)))),
            RuntimeEvent.Of(new Utility.BatchInterrupted(3, DispatchError.Token(TokenError.Frozen))),
            RuntimeEvent.Of(new TransactionPayment.TransactionFeePaid(Alice, 5, 1)),
            RuntimeEvent.Of(new FrameSystem.ExtrinsicFailed(DispatchError.Arithmetic(ArithmeticError.Overflow), info)),
            RuntimeEvent.Of(new FrameSystem.ExtrinsicSuccess(info)),
        ];
        return [.. events.Select((item, at) => new EventRecord(at == 0 ? new Phase.Initialization() : at == 1 ? new Phase.Finalization() : new Phase.ApplyExtrinsic((uint)at), item, at == 0 ? [Hash(9)] : []))];
    }

    /// <summary>The call that the sample signs, long enough that the hash of the payload is signed where that is asked for.</summary>
    public static RuntimeCall Call(bool isLong) => isLong
        ? RuntimeCall.Of(new Utility.BatchAll([RuntimeCall.Of(Transfer), RuntimeCall.Of(new FrameSystem.Remark(Vec.Create<byte>(new byte[300])))]))
        : RuntimeCall.Of(Transfer);

    public static JsonObject Input(bool isLong)
    {
        JsonObject metadata = [];
        foreach (uint version in RuntimeMetadata.Versions) metadata[$"{version}"] = Hex.Format(RuntimeMetadata.Encode(version, Spec));
        OpaqueExtrinsic extrinsic = Extrinsic(Call(isLong), out byte[] signature);
        return new JsonObject
        {
            ["metadata"] = metadata,
            ["extrinsic"] = Hex.Format(Scale.Encode(extrinsic)),
            ["signature"] = Hex.Format(signature),
            ["implied"] = new JsonObject { ["specVersion"] = Spec, ["transactionVersion"] = PhalaVersion.Transaction, ["genesisHash"] = Hash(1).ToString(), ["blockHash"] = Hash(2).ToString() },
            ["events"] = Hex.Format(Scale.Encode<VecCodec<EventRecord, EventRecord>, Vec<EventRecord>>(Events())),
            ["callArguments"] = Hex.Format(Scale.Encode(Transfer)),
            ["storage"] = Storage(),
            ["constants"] = JsonSerializer.SerializeToNode(new string[][] { ["System", "Version"], ["System", "SS58Prefix"], ["System", "BlockWeights"], ["Balances", "ExistentialDeposit"] }),
            ["answers"] = Answers(),
        };
    }

    private static JsonArray Storage() =>
    [
        Entry(FrameSystem.Account, [Ss58.Encode(Alice.AsSpan(), Ss58.GenericPrefix)], Scale.Encode(Info)),
        Entry(FrameSystem.Number, [], [4, 3, 2, 1]),
        Entry(FrameSystem.BlockHash, [5], Hash(3).ToArray()),
        Entry(FrameSystem.LastRuntimeUpgrade, [], Scale.Encode(new LastRuntimeUpgradeInfo(1000, "phala-node"))),
        Entry(Grandpa.Authorities, [], Scale.Encode<VecCodec<Phala.Chain.Grandpa.GrandpaAuthority, Phala.Chain.Grandpa.GrandpaAuthority>, Vec<Phala.Chain.Grandpa.GrandpaAuthority>>([new(new(Hash(4).AsSpan()), 1)])),
        Entry(Upgrade.Pending, [], Scale.Encode(new ScheduledUpgrade(9, 1001))),
        Entry(FrameSystem.Digest, [], Scale.Encode(new Digest([new DigestItem.PreRuntime(EngineId.Aura, [1, 2, 3]), new DigestItem.RuntimeEnvironmentUpdated()]))),
    ];

    private static JsonArray Answers() =>
    [
        Answer("TransactionPaymentApi", "query_info", Scale.Encode(new RuntimeDispatchInfo(new Weight(100, 200), DispatchClass.Normal, 12345))),
        Answer("AccountNonceApi", "account_nonce", [7, 0, 0, 0]),
        Answer("TaggedTransactionQueue", "validate_transaction", [0, .. Scale.Encode(new ValidTransaction(5, [], [[1, 2]], 64, true))]),
        Answer("TaggedTransactionQueue", "validate_transaction", [1, .. Scale.Encode<TransactionValidityError>(InvalidTransaction.Stale)]),
        Answer("Core", "version", Scale.Encode(PhalaVersion.Of(Spec))),
    ];

    private static JsonObject Entry(StorageItem item, JsonArray keys, byte[] value) =>
        new() { ["pallet"] = item.Pallet, ["item"] = item.Name, ["keys"] = keys, ["value"] = Hex.Format(value) };

    private static JsonArray Answer(string api, string method, byte[] answer) => [api, method, Hex.Format(answer)];

    private static Hash256 Hash(byte fill)
    {
        byte[] bytes = new byte[Hash256.Size];
        Array.Fill(bytes, fill);
        return new Hash256(bytes);
    }

    private static AccountId Account(string name)
    {
        using Sr25519KeyPair pair = DevAccounts.Open(name);
        return new AccountId(pair.PublicKey);
    }
}
