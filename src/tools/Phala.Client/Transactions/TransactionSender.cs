using System.Buffers.Binary;
using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client.Rpc;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;

namespace Phala.Client.Transactions;

/// <summary>Signs transactions, submits and watches them.</summary>
public sealed class TransactionSender
{
    private readonly ChainClient _client;

    internal TransactionSender(ChainClient client) => _client = client;

    /// <summary>Signs a call, once chain, rules and calls are those that this program knows.</summary>
    /// <typeparam name="T">The call, such as <see cref="Balances.TransferKeepAlive"/>.</typeparam>
    /// <param name="signer">Who signs.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">Nonce, tip and validity; null for the usual.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<OpaqueExtrinsic>> SignAsync<T>(AccountSigner signer, T call, TransactionOptions? options = null, CancellationToken stop = default)
        where T : ICall<T> => SignAsync(signer, RuntimeCall.Of(call), options, stop);

    /// <summary>Signs a call, once chain, rules and calls are those that this program knows.</summary>
    /// <param name="signer">Who signs.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">Nonce, tip and validity; null for the usual.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<OpaqueExtrinsic>> SignAsync(AccountSigner signer, RuntimeCall call, TransactionOptions? options = null, CancellationToken stop = default)
    {
        options ??= new TransactionOptions();
        Task<ClientResult<uint>> nonceAsked = options.Nonce is { } given ? Task.FromResult<ClientResult<uint>>(given) : NonceAsync(signer.Account, stop);
        Task<ClientResult<ChainVersion>> versionAsked = _client.CheckAsync(stop);
        ClientResult<(Era Era, Hash256 First)> eraFound = await EraAsync(options.Period, stop).ConfigureAwait(false);
        ClientResult<ChainVersion> versionFound = await versionAsked.ConfigureAwait(false);
        ClientResult<uint> nonceFound = await nonceAsked.ConfigureAwait(false);
        if (!versionFound.TryGet(out ChainVersion version, out ClientFailure? failure)) return failure;
        if (!eraFound.TryGet(out (Era Era, Hash256 First) era, out failure) || !nonceFound.TryGet(out uint nonce, out failure)) return failure;
        ImpliedData implied = new(version.SpecVersion, version.TransactionVersion, _client.Genesis, era.First);
        return SignedTransaction.Create(signer, call, new TransactionExtensions(era.Era, nonce, options.Tip), implied);
    }

    /// <summary>The nonce of an account's next transaction, after those that wait in the node's pool.</summary>
    public async Task<ClientResult<uint>> NonceAsync(AccountId account, CancellationToken stop = default)
    {
        const string method = "system_accountNextIndex";
        RpcArguments arguments = new RpcArguments().Text(Ss58.Encode(account.AsSpan(), Ss58.PhalaPrefix));
        ClientResult<JsonElement> answer = await _client.Connection.CallAsync(method, arguments, stop).ConfigureAwait(false);
        return answer.Then<uint>(result => result.TryUInt32(out uint nonce) ? nonce : JsonReading.Unexpected(method, result));
    }

    /// <summary>Submits a transaction.</summary>
    /// <returns>Its hash, once the node's pool has it; or <see cref="ClientError.Refused"/> with Substrate's code.</returns>
    public async Task<ClientResult<Hash256>> SubmitAsync(OpaqueExtrinsic transaction, CancellationToken stop = default)
    {
        const string method = "author_submitExtrinsic";
        ClientResult<JsonElement> answer = await _client.Connection.CallAsync(method, new RpcArguments().Hex(Scale.Encode(transaction)), stop).ConfigureAwait(false);
        return answer.Then<Hash256>(result => result.TryHash(out Hash256 hash) ? hash : JsonReading.Unexpected(method, result));
    }

    /// <summary>Submits a transaction and watches what becomes of it.</summary>
    /// <returns>The watch, once the node's pool has it; or <see cref="ClientError.Refused"/> with Substrate's code.</returns>
    public async Task<ClientResult<TransactionWatch>> WatchAsync(OpaqueExtrinsic transaction, CancellationToken stop = default)
    {
        RpcArguments arguments = new RpcArguments().Hex(Scale.Encode(transaction));
        ClientResult<RpcSubscription> answer = await _client.Connection.SubscribeAsync("author_submitAndWatchExtrinsic", "author_unwatchExtrinsic", arguments, stop).ConfigureAwait(false);
        return answer.Then<TransactionWatch>(subscription => new TransactionWatch(_client, transaction, new ClientSubscription<TransactionStatus>(subscription, TransactionStatus.Read)));
    }

    /// <summary>Signs a call, submits it and waits until it is final.</summary>
    /// <typeparam name="T">The call.</typeparam>
    /// <param name="signer">Who signs.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">Nonce, tip and validity; null for the usual.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<TransactionResult>> SendAsync<T>(AccountSigner signer, T call, TransactionOptions? options = null, CancellationToken stop = default)
        where T : ICall<T>
    {
        ClientResult<OpaqueExtrinsic> made = await SignAsync(signer, call, options, stop).ConfigureAwait(false);
        if (!made.TryGet(out OpaqueExtrinsic transaction, out ClientFailure? failure)) return failure;
        ClientResult<TransactionWatch> begun = await WatchAsync(transaction, stop).ConfigureAwait(false);
        if (!begun.TryGet(out TransactionWatch? watch, out failure)) return PoolRefusal.Named(RuntimeCall.Of(call), failure);
        await using (watch.ConfigureAwait(false)) return await watch.FinalizedAsync(stop).ConfigureAwait(false);
    }

    /// <summary>What a signed transaction weighs and costs without its tip. Its signature need not be good.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="block">After which block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<RuntimeDispatchInfo>> FeeAsync(OpaqueExtrinsic transaction, Hash256? block = null, CancellationToken stop = default)
    {
        byte[] encoded = Scale.Encode(transaction), arguments = new byte[encoded.Length + sizeof(uint)];
        encoded.CopyTo(arguments, 0);
        BinaryPrimitives.WriteInt32LittleEndian(arguments.AsSpan(encoded.Length), encoded.Length);
        ClientResult<byte[]> answer = await _client.CallRuntimeAsync("TransactionPaymentApi_query_info", arguments, block, stop).ConfigureAwait(false);
        return answer.Then<RuntimeDispatchInfo>(bytes => Scale.Decode<RuntimeDispatchInfo>(bytes).TryGet(out RuntimeDispatchInfo info)
            ? info
            : new ClientFailure(ClientError.Undecodable, $"The runtime's answer is no dispatch info: {Hex.Format(bytes)}"));
    }

    /// <summary>An era from the last final block on, which no change of branch undoes.</summary>
    private async Task<ClientResult<(Era Era, Hash256 First)>> EraAsync(uint? period, CancellationToken stop)
    {
        if (period is not { } length) return (Era.Immortal, _client.Genesis);
        ClientResult<BlockId> finalized = await _client.Blocks.FinalizedAsync(stop).ConfigureAwait(false);
        if (!finalized.TryGet(out BlockId block, out ClientFailure? failure)) return failure;
        Era era = Era.Mortal(length, block.Number);
        uint birth = era.Birth(block.Number);
        if (birth == block.Number) return (era, block.Hash);
        ClientResult<Hash256> first = await _client.Blocks.HashAsync(birth, stop).ConfigureAwait(false);
        return first.Then<(Era, Hash256)>(hash => (era, hash));
    }
}
