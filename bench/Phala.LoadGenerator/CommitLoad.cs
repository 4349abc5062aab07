using System.Buffers.Binary;
using System.CommandLine;
using System.Diagnostics;
using Phala.Chain;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.LoadGenerator;

/// <summary>Commits blocks of 1000 changed accounts to a chain of many, each durable before the next, with snapshots in the background.</summary>
internal static class CommitLoad
{
    private const int Changes = 1000, WarmUp = 50;

    public static Command Command()
    {
        Option<int> accounts = new("--accounts") { Description = "How many accounts the state has.", DefaultValueFactory = _ => 1_000_000 };
        Option<int> blocks = new("--blocks") { Description = "How many blocks are measured.", DefaultValueFactory = _ => 1000 };
        Option<int> pause = new("--pause") { Description = "Milliseconds between one commit and the next: without any, what is done in the background is always in the way.", DefaultValueFactory = _ => 20 };
        Command command = new("commit", "Durable commits of blocks of 1000 changes.") { accounts, blocks, pause };
        command.SetAction(line => Run(line.GetValue(accounts), line.GetValue(blocks), line.GetValue(pause)));
        return command;
    }

    private static void Run(int accounts, int blocks, int pause)
    {
        string directory = Directory.CreateTempSubdirectory("phala-load-").FullName;
        try
        {
            StateDelta entries = Delta(Enumerable.Range(0, accounts), 0);
            StateSnapshot state = StateSnapshot.Empty(StateVersion.V1).Apply(entries);
            Header header = Header.Genesis(state.Root);
            Genesis genesis = new("commit", StoredBlock.Create(header, []), entries, StateVersion.V1);
            if (!ChainStore.TryCreate(new DiskFileSystem(), directory, genesis, new StorageOptions(), out ChainStore? store, out StorageFailure? failure)) throw new InvalidOperationException($"{failure.Error}");
            using (store)
            {
                Random random = new(1);
                List<double> times = [];
                for (uint number = 1; number <= blocks + WarmUp; number++)
                {
                    StateDelta delta = Delta(Enumerable.Range(0, Changes).Select(_ => random.Next(accounts)), number);
                    state = state.Apply(delta);
                    header = new Header(header.Hash(), number, state.Root, TrieRoot.Empty, default);
                    StoredBlock block = StoredBlock.Create(header, []);
                    long began = Stopwatch.GetTimestamp();
                    ImportResult result = store.Import(block, delta, state, isBest: true);
                    if (number > WarmUp) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    if (result.Outcome != ImportOutcome.Imported) throw new InvalidOperationException($"{result.Outcome}");
                    store.Finalize(block.Hash, [1]);
                    Thread.Sleep(pause);
                }

                Console.WriteLine($"commit of {Changes} changes, {pause} ms apart: {Quantiles.Of(times)}");
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static StateDelta Delta(IEnumerable<int> accounts, uint nonce)
    {
        byte[] id = new byte[AccountId.Size];
        AccountInfo info = AccountInfo.Missing with { Nonce = nonce, Providers = 1, Data = AccountData.Empty with { Free = Balances.Pha } };
        byte[] value = Codec.Scale.Encode(info);
        return StateDelta.Create(TrieDelta.Create([.. accounts.Select(account =>
        {
            BinaryPrimitives.WriteUInt64LittleEndian(id, (ulong)(account + 1) * 0x9E3779B97F4A7C15);
            return TrieChange.Set(FrameSystem.Account.Key(new AccountId(id)), value);
        })]));
    }
}
