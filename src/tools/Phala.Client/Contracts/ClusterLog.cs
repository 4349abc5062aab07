using System.Globalization;
using System.Text.Json;
using Phala.Chain;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Queries;

namespace Phala.Client.Contracts;

/// <summary>Reads what runs of contracts leave in the logs of a cluster's workers. Answers are verified, but a log is one worker's memory: it may have lost what another has, and no chain has it.</summary>
/// <param name="cluster">The cluster.</param>
public sealed class ClusterLog(ClusterClient cluster)
{
    private const string Driver = "PinkLogger";

    private Hash256? _handler;

    /// <summary>Reads a part of a worker's log.</summary>
    /// <param name="contract">Only what concerns this contract; null for any.</param>
    /// <param name="from">From which number on; a negative one counts back from what comes next.</param>
    /// <param name="caller">Who reads; null for nobody in particular, who reads what contracts have opened.</param>
    /// <param name="member">The worker; null for any.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ClusterLogPage>> ReadAsync(Hash256? contract, long from, AccountSigner? caller = null, ClusterMember? member = null, CancellationToken stop = default)
    {
        string only = contract is { } one ? $",\"contract\":\"{one}\"" : "";
        ClientResult<VerifiedAnswer> asked = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"action\":\"GetLog\",\"from\":{from}{only}}}"), caller, member, stop).ConfigureAwait(false);
        return asked.Then<ClusterLogPage>(answer => Read(answer.Data.AsSpan().ToArray(), answer.Member) is { } page
            ? page
            : new ClientFailure(ClientError.Undecodable, "The worker's answer is no part of a log."));
    }

    /// <summary>The number of what comes next in a worker's log. One below a number that was read before says that the log has begun anew.</summary>
    /// <param name="member">The worker.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ulong>> NextAsync(ClusterMember member, CancellationToken stop = default)
    {
        ClientResult<VerifiedAnswer> asked = await AskAsync("{\"action\":\"GetInfo\"}", null, member, stop).ConfigureAwait(false);
        return asked.Then<ulong>(answer =>
        {
            if (TryParse(answer.Data.AsSpan().ToArray(), out JsonElement json) && json.TryMember("nextSequence", out JsonElement next) && next.ValueKind == JsonValueKind.Number && next.TryGetUInt64(out ulong number)) return number;
            return new ClientFailure(ClientError.Undecodable, "The worker does not say how much its log has.");
        });
    }

    /// <summary>Reads an answer; null where it is none.</summary>
    internal static ClusterLogPage? Read(byte[] answer, ClusterMember member)
    {
        if (!TryParse(answer, out JsonElement json) || !json.TryMember("records", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return null;
        if (!json.TryMember("next", out JsonElement next) || next.ValueKind != JsonValueKind.Number || !next.TryGetUInt64(out ulong number)) return null;
        List<ClusterLogRecord> records = [];
        foreach (JsonElement each in list.EnumerateArray())
        {
            if (ClusterLogRecord.Read(each) is not { } record) return null;
            records.Add(record);
        }

        return new ClusterLogPage(records, number, member);
    }

    private static bool TryParse(byte[] answer, out JsonElement json)
    {
        json = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<ClientResult<VerifiedAnswer>> AskAsync(string request, AccountSigner? caller, ClusterMember? member, CancellationToken stop)
    {
        ClientResult<Hash256> known = await HandlerAsync(stop).ConfigureAwait(false);
        if (!known.TryGet(out Hash256 handler, out ClientFailure? failure)) return failure;
        InkQueryData.SidevmQuery data = new(Vec.Create<byte>(System.Text.Encoding.UTF8.GetBytes(request)));
        QuerySender sender = new(cluster, handler);
        return await (member is null ? sender.AskAsync(data, caller, stop) : sender.AskAsync(member, data, caller, stop)).ConfigureAwait(false);
    }

    /// <summary>The contract that is asked: the driver for it, or else the system contract.</summary>
    private async Task<ClientResult<Hash256>> HandlerAsync(CancellationToken stop)
    {
        if (_handler is { } found) return found;
        ClientResult<Hash256> known = await new ClusterCodes(cluster).SystemContractAsync(stop).ConfigureAwait(false);
        if (!known.TryGet(out Hash256 system, out ClientFailure? failure)) return failure;
        byte[] message = InkMessage.Of("pink_system::System::get_driver"u8, Scale.Encode<StringCodec, string>(Driver));
        ClientResult<VerifiedAnswer> asked = await cluster.Contract(system).QueryAsync(message, null, stop).ConfigureAwait(false);
        ClientResult<Hash256> handler = asked.Then<Hash256>(answer => answer.Result().Then<Hash256>(result =>
        {
            if (result.Result.TryGet(out ExecReturnValue? returned, out DispatchError _) && InkOutput.TryRead<OptionCodec<AccountId, AccountId>, Option<AccountId>>(returned.Data.AsSpan(), out Option<AccountId> driver))
            {
                return driver.TryGet(out AccountId contract) ? new Hash256(contract.AsSpan()) : system;
            }

            return new ClientFailure(ClientError.Undecodable, "The cluster's system contract does not say which contract the log is asked of.");
        }));
        if (handler.TryGet(out Hash256 chosen, out _)) _handler = chosen;
        return handler;
    }
}
