using System.Text.Json;
using Phala.Trie;

namespace Phala.Client.Transactions;

/// <summary>What has become of a transaction.</summary>
/// <param name="Kind">What.</param>
/// <param name="Hash">The block, or the transaction that took its place.</param>
public readonly record struct TransactionStatus(TransactionStatusKind Kind, Hash256 Hash = default)
{
    private static readonly (string Name, TransactionStatusKind Kind)[] Plain =
    [
        ("future", TransactionStatusKind.Future),
        ("ready", TransactionStatusKind.Ready),
        ("dropped", TransactionStatusKind.Dropped),
        ("invalid", TransactionStatusKind.Invalid),
    ];

    private static readonly (string Name, TransactionStatusKind Kind)[] WithHash =
    [
        ("inBlock", TransactionStatusKind.InBlock),
        ("retracted", TransactionStatusKind.Retracted),
        ("finalized", TransactionStatusKind.Finalized),
        ("finalityTimeout", TransactionStatusKind.FinalityTimeout),
        ("usurped", TransactionStatusKind.Usurped),
    ];

    /// <summary>Whether no other follows.</summary>
    public bool IsLast => Kind is TransactionStatusKind.Finalized or TransactionStatusKind.FinalityTimeout or TransactionStatusKind.Usurped or TransactionStatusKind.Dropped or TransactionStatusKind.Invalid;

    /// <summary>Reads a status as <c>author_submitAndWatchExtrinsic</c> tells it.</summary>
    internal static ClientResult<TransactionStatus> Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            foreach ((string name, TransactionStatusKind kind) in Plain)
            {
                if (json.ValueEquals(name)) return new TransactionStatus(kind);
            }
        }

        foreach ((string name, TransactionStatusKind kind) in WithHash)
        {
            if (json.TryMember(name, out JsonElement member) && member.TryHash(out Hash256 hash)) return new TransactionStatus(kind, hash);
        }

        return json.TryMember("broadcast", out _) ? new TransactionStatus(TransactionStatusKind.Broadcast) : JsonReading.Unexpected("author_extrinsicUpdate", json);
    }
}
