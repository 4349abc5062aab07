using System.Buffers.Binary;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Transactions;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.LoadGenerator;

/// <summary>Many accounts that sign transfers to each other, their nonces counted here.</summary>
internal sealed class LoadAccounts
{
    private const int AccountsOfABatch = 1000;

    private readonly AccountSigner[] _signers;
    private readonly uint[] _nonces;

    public LoadAccounts(int count)
    {
        _signers = new AccountSigner[count];
        _nonces = new uint[count];
        Parallel.For(0, count, index =>
        {
            Span<byte> seed = stackalloc byte[32];
            seed.Clear();
            "load"u8.CopyTo(seed);
            BinaryPrimitives.WriteInt32LittleEndian(seed[8..], index);
            _signers[index] = AccountSigner.Of(Sr25519KeyPair.FromSeed(seed), static entropy => entropy.Clear());
        });
    }

    /// <summary>How many there are.</summary>
    public int Count => _signers.Length;

    /// <summary>The account of a number.</summary>
    public AccountId this[int index] => _signers[index].Account;

    /// <summary>Alice pays every account something to pay with; who has a nonce already keeps it.</summary>
    /// <param name="client">The chain.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <param name="more">What else Alice does for an account; null for nothing.</param>
    public async Task FundAsync(ChainClient client, CancellationToken stop, Func<AccountId, RuntimeCall>? more = null)
    {
        using AccountSigner alice = AccountSigner.Development("Alice");
        foreach (int[] part in Enumerable.Range(0, Count).Chunk(AccountsOfABatch))
        {
            List<RuntimeCall> calls = [];
            foreach (int index in part)
            {
                calls.Add(RuntimeCall.Of(new Balances.TransferKeepAlive(MultiAddress.Id(this[index]), (UInt128)100 * Balances.Pha)));
                if (more is not null) calls.Add(more(this[index]));
            }

            TransactionResult result = (await client.Transactions.SendAsync(alice, new Utility.BatchAll([.. calls]), null, stop).ConfigureAwait(false)).Require();
            if (!result.IsSuccess) throw new InvalidOperationException($"The accounts were not paid: {result.ErrorName}");
        }

        ClientResult<uint>[] nonces = await Task.WhenAll(Enumerable.Range(0, Count).Select(index => client.Transactions.NonceAsync(this[index], stop))).ConfigureAwait(false);
        foreach ((int index, ClientResult<uint> nonce) in nonces.Index()) _nonces[index] = nonce.Require();
    }

    /// <summary>The signer of a number.</summary>
    public AccountSigner Signer(int index) => _signers[index];

    /// <summary>Signs so many transfers on all cores, one account after the other in turns.</summary>
    public OpaqueExtrinsic[] SignTransfers(int count, ImpliedData implied) =>
        Sign(count, implied, (account, _) => RuntimeCall.Of(new Balances.TransferKeepAlive(_signers[(account + 1) % Count].Address, 1)));

    /// <summary>Signs so many calls on all cores, one account after the other in turns.</summary>
    /// <param name="count">How many.</param>
    /// <param name="implied">What signatures cover besides.</param>
    /// <param name="call">The call of an account at a place.</param>
    public OpaqueExtrinsic[] Sign(int count, ImpliedData implied, Func<int, int, RuntimeCall> call)
    {
        OpaqueExtrinsic[] signed = new OpaqueExtrinsic[count];
        Parallel.For(0, Count, index =>
        {
            for (int at = index; at < count; at += Count) signed[at] = SignedTransaction.Create(_signers[index], call(index, at), new TransactionExtensions(Era.Immortal, _nonces[index]++, 0), implied);
        });
        return signed;
    }
}
