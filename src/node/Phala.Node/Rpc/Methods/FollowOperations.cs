using System.Text.Json;
using Phala.Node.Storage;
using Phala.Runtime.Apis;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>What a follower asks about a block, and is told in events once it is known.</summary>
internal sealed class FollowOperations(ChainView chain)
{
    /// <summary>How many answers, and about how many bytes of them, one event has.</summary>
    private const int MaxAnswers = 256, MaxBytes = 64 * 1024;

    /// <summary>Runs an operation; where the chain can't be read, the follower is told to ask again.</summary>
    public static async Task RunAsync(FollowSession session, string operation, Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (StorageException)
        {
            await EndAsync(session, operation, Inaccessible(operation)).ConfigureAwait(false);
        }
    }

    /// <summary>The block's extrinsics.</summary>
    public async Task BodyAsync(FollowSession session, string operation, KnownBlock block)
    {
        IEnumerable<byte[]>? body = block.Body is { } held ? held.ToArray().Select(extrinsic => extrinsic.Body.ToArray()) : null;
        if (body is null && chain.Store.TryGetBody(block.Id.Hash, out byte[][]? stored)) body = stored;
        byte[] told = body is null ? Inaccessible(operation) : FollowEvents.Operation("operationBodyDone", operation, writer =>
        {
            writer.WritePropertyName("value");
            writer.WriteExtrinsics(body);
        });
        await EndAsync(session, operation, told).ConfigureAwait(false);
    }

    /// <summary>A question to the runtime.</summary>
    public async Task CallAsync(FollowSession session, string operation, KnownBlock block, string method, byte[] arguments)
    {
        byte[] told;
        if (block.State is not { } state)
        {
            told = Inaccessible(operation);
        }
        else
        {
            ApiAnswer answer = chain.Call(state, block.Id, method, arguments);
            told = answer.Error == ApiError.None
                ? FollowEvents.Operation("operationCallDone", operation, writer => writer.WriteHex("output", answer.Bytes))
                : FollowEvents.Operation("operationError", operation, writer => writer.WriteString("error", NodeErrors.CallText(answer.Error, method)));
        }

        await EndAsync(session, operation, told).ConfigureAwait(false);
    }

    /// <summary>Questions about the storage. The answers come in as many events as they need, no faster than they are read.</summary>
    public static async Task StorageAsync(FollowSession session, string operation, KnownBlock block, IReadOnlyList<StorageQuery> queries, byte[]? childName, CancellationToken stopped)
    {
        if (block.State is not { } state)
        {
            await EndAsync(session, operation, Inaccessible(operation)).ConfigureAwait(false);
            return;
        }

        MerkleTrie trie = childName is null ? state.Main : state.Child(childName);
        List<StorageAnswer> answers = [];
        int bytes = 0;
        foreach (StorageAnswer answer in queries.SelectMany(query => query.Run(trie)))
        {
            if (stopped.IsCancellationRequested) return;
            answers.Add(answer);
            bytes += answer.Key.Length + answer.Bytes.Length;
            if (answers.Count < MaxAnswers && bytes < MaxBytes) continue;
            if (!await session.PushAsync(Items(operation, answers)).ConfigureAwait(false)) return;
            answers.Clear();
            bytes = 0;
        }

        if (answers.Count > 0) await session.PushAsync(Items(operation, answers)).ConfigureAwait(false);
        await EndAsync(session, operation, FollowEvents.Operation("operationStorageDone", operation)).ConfigureAwait(false);
    }

    /// <summary>Tells the last of an operation, unless it was stopped. It is at its end before the follower knows, who may then begin another.</summary>
    private static async Task EndAsync(FollowSession session, string operation, byte[] told)
    {
        if (session.EndOperation(operation)) await session.PushAsync(told).ConfigureAwait(false);
    }

    private static byte[] Inaccessible(string operation) => FollowEvents.Operation("operationInaccessible", operation);

    private static byte[] Items(string operation, List<StorageAnswer> answers) => FollowEvents.Operation("operationStorageItems", operation, writer =>
    {
        writer.WriteStartArray("items");
        foreach (StorageAnswer answer in answers) WriteItem(writer, answer);
        writer.WriteEndArray();
    });

    private static void WriteItem(Utf8JsonWriter writer, StorageAnswer answer)
    {
        writer.WriteStartObject();
        answer.WriteMembers(writer);
        writer.WriteEndObject();
    }
}
