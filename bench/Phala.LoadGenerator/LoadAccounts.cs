using System.Buffers.Binary;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client.Transactions;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.LoadGenerator;

/// <summary>Many accounts that sign transfers to each other, their nonces counted here.</summary>
internal sealed class LoadAccounts
{
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

    /// <summary>The next nonce of an account.</summary>
    public void Begin(int index, uint nonce) => _nonces[index] = nonce;

    /// <summary>Signs so many transfers on all cores, one account after the other in turns.</summary>
    public OpaqueExtrinsic[] SignTransfers(int count, ImpliedData implied)
    {
        OpaqueExtrinsic[] signed = new OpaqueExtrinsic[count];
        Parallel.For(0, Count, index =>
        {
            RuntimeCall call = RuntimeCall.Of(new Balances.TransferKeepAlive(_signers[(index + 1) % Count].Address, 1));
            for (int at = index; at < count; at += Count) signed[at] = SignedTransaction.Create(_signers[index], call, new TransactionExtensions(Era.Immortal, _nonces[index]++, 0), implied);
        });
        return signed;
    }
}
