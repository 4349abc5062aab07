using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>An account that sends commands without end, over nodes that may forget what waits in their pools.</summary>
internal sealed class LoadedAccount(string name, X25519PublicKey commandKey, ChainVersion version, Hash256 genesis) : IDisposable
{
    private const int CommandsOfBatch = 8, MostUnderWay = 2;

    /// <summary>A transaction that waits for so many blocks is submitted again.</summary>
    private const uint Patience = 8;

    private readonly List<LoadedBatch> _waiting = [];
    private readonly Dictionary<Hash256, uint> _submitted = [];
    private uint _nonce;
    private int _made;

    public AccountSigner Signer { get; } = AccountSigner.Development(name);

    /// <summary>Everything that was made, in order.</summary>
    public List<LoadedCommand> Commands { get; } = [];

    /// <summary>Whether every transaction is in a final block.</summary>
    public bool IsDone => _waiting.Count == 0;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Reads where the account stands.</summary>
    public async Task BeginAsync(ChainClient chain) => _nonce = (await chain.Storage.GetAsync(FrameSystem.Account, Signer.Account, stop: Stop)).Require().Nonce;

    /// <summary>Makes new transactions while few are under way, and submits again what a node may have forgotten.</summary>
    /// <param name="chain">A connection.</param>
    /// <param name="isNew">Whether the connection is: then nobody knows what the node's pool holds.</param>
    /// <param name="best">The best block.</param>
    /// <param name="adds">Whether new ones are made.</param>
    /// <param name="note">Told of new ones.</param>
    public async Task StepAsync(ChainClient chain, bool isNew, Header best, bool adds, Action<LoadedBatch> note)
    {
        uint included = (await chain.Storage.GetAsync(FrameSystem.Account, Signer.Account, best.Hash(), Stop)).Require().Nonce;
        while (adds && _waiting.Count(batch => batch.Nonce >= included) < MostUnderWay)
        {
            LoadedBatch batch = Make();
            _waiting.Add(batch);
            note(batch);
        }

        foreach (LoadedBatch batch in _waiting.Where(batch => batch.Nonce >= included))
        {
            Hash256 hash = batch.Transaction.Hash();
            if (!isNew && _submitted.TryGetValue(hash, out uint at) && best.Number - at < Patience) continue;
            _submitted[hash] = best.Number;
            ClientResult<Hash256> answer = await chain.Transactions.SubmitAsync(batch.Transaction, Stop);

            // A pool refuses what it has, and what was included meanwhile.
            if (answer.Failure is { } failure && failure.Error != ClientError.Refused) throw new ClientException(failure);
        }
    }

    /// <summary>Forgets transactions that a final block has.</summary>
    public void Settle(uint nonce) => _waiting.RemoveAll(batch => batch.Nonce < nonce);

    public void Dispose()
    {
        Signer.Dispose();
        foreach (LoadedCommand command in Commands) command.Dispose();
    }

    private LoadedBatch Make()
    {
        LoadedCommand[] commands = new LoadedCommand[CommandsOfBatch];
        for (int at = 0; at < commands.Length; at++)
        {
            _made++;
            commands[at] = new LoadedCommand(Signer, $"{name} {_made:D6}", (UInt128)_made, genesis, commandKey);
        }

        Commands.AddRange(commands);
        RuntimeCall call = RuntimeCall.Of(new Utility.BatchAll(Vec.Create<RuntimeCall>([.. commands.Select(command => RuntimeCall.Of(command.Call))])));
        OpaqueExtrinsic transaction = SignedTransaction.Create(
            Signer, call, new TransactionExtensions(Era.Immortal, _nonce, 0), new ImpliedData(version.SpecVersion, version.TransactionVersion, genesis, genesis));
        return new LoadedBatch(transaction, _nonce++, commands);
    }
}
