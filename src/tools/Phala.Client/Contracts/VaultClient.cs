using Phala.Chain;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;

namespace Phala.Client.Contracts;

/// <summary>The vault: accounts store secrets under names and say who else may read them. An example of a typed client of a contract.</summary>
/// <param name="contract">The vault's contract.</param>
public sealed class VaultClient(ContractClient contract)
{
    /// <summary>The contract.</summary>
    public ContractClient Contract => contract;

    /// <summary>Keeps a secret under a name.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedReceipt>> StoreAsync(AccountSigner owner, string name, byte[] secret, CancellationToken stop = default) => CommandAsync(owner, VaultCalls.Store(name, secret), stop);

    /// <summary>Lets an account read a secret.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="reader">Who may read it.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedReceipt>> GrantAsync(AccountSigner owner, string name, AccountId reader, CancellationToken stop = default) => CommandAsync(owner, VaultCalls.Grant(name, reader), stop);

    /// <summary>Lets an account read a secret no longer. What it has read, it has read.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="reader">Who may read it no longer.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedReceipt>> RevokeAsync(AccountSigner owner, string name, AccountId reader, CancellationToken stop = default) => CommandAsync(owner, VaultCalls.Revoke(name, reader), stop);

    /// <summary>Forgets a secret.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedReceipt>> RemoveAsync(AccountSigner owner, string name, CancellationToken stop = default) => CommandAsync(owner, VaultCalls.Remove(name), stop);

    /// <summary>Reads a secret.</summary>
    /// <param name="caller">Who reads.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<VaultAnswer<Vec<byte>>>> ReadAsync(AccountSigner caller, AccountId owner, string name, CancellationToken stop = default) =>
        (await contract.QueryAsync(VaultCalls.Read(owner, name), caller, stop).ConfigureAwait(false)).Then(ReadResult<VecCodec<U8Codec, byte>, Vec<byte>>);

    /// <summary>The names of the caller's secrets.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<Vec<string>>> ListAsync(AccountSigner caller, CancellationToken stop = default) =>
        (await contract.QueryAsync(VaultCalls.List(), caller, stop).ConfigureAwait(false)).Then(answer => Output(answer).Then<Vec<string>>(output =>
            InkOutput.TryRead<VecCodec<StringCodec, string>, Vec<string>>(output.Data.AsSpan(), out Vec<string> names) ? names : Unreadable()));

    /// <summary>Who may read a secret of the caller.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="name">The name.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<VaultAnswer<Vec<AccountId>>>> ReadersAsync(AccountSigner caller, string name, CancellationToken stop = default) =>
        (await contract.QueryAsync(VaultCalls.Readers(name), caller, stop).ConfigureAwait(false)).Then(ReadResult<VecCodec<AccountId, AccountId>, Vec<AccountId>>);

    /// <summary>Why a command was refused by the vault; null where it was not.</summary>
    public static VaultError? ErrorOf(VerifiedReceipt receipt)
    {
        if (receipt.Outcome is not { Status: OutcomeStatus.Reverted } outcome) return null;
        return InkOutput.TryReadResult<UnitCodec, Unit, VaultErrorCodec, VaultError>(outcome.Output.AsSpan(), out _, out VaultError error) == false ? error : null;
    }

    private static ClientResult<VaultAnswer<T>> ReadResult<TCodec, T>(VerifiedAnswer answer)
        where TCodec : IScaleCodec<T> => Output(answer).Then<VaultAnswer<T>>(output =>
            InkOutput.TryReadResult<TCodec, T, VaultErrorCodec, VaultError>(output.Data.AsSpan(), out T? value, out VaultError error) switch
            {
                true => new VaultAnswer<T>(value, null, answer),
                false => new VaultAnswer<T>(default, error, answer),
                null => Unreadable(),
            });

    private static ClientResult<ExecReturnValue> Output(VerifiedAnswer answer) => answer.Result().Then<ExecReturnValue>(result =>
        result.Result.TryGet(out ExecReturnValue? value, out DispatchError error) ? value : new ClientFailure(ClientError.QueryRefused, $"The vault did not run: {ContractErrorName.Of(error)}."));

    private static ClientFailure Unreadable() => new(ClientError.Undecodable, "The contract's output is none of the vault's.");

    private async Task<ClientResult<VerifiedReceipt>> CommandAsync(AccountSigner owner, byte[] message, CancellationToken stop)
    {
        ClientResult<SentCommand> sent = await contract.SendAsync(owner, message, null, stop).ConfigureAwait(false);
        if (!sent.TryGet(out SentCommand? command, out ClientFailure? failure)) return failure;
        using (command) return await command.ReceiptAsync(owner, stop).ConfigureAwait(false);
    }
}
