using Phala.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Tests.Node.Storage;

/// <summary>A random course of a chain: every step is one call to the store, and does to the model what it is to do to the store.</summary>
internal sealed class Script
{
    private static readonly byte[][] AuxiliaryKeys = [[1], [2, 2], []];

    private readonly List<Step> _steps = [];

    /// <summary>Draws a course.</summary>
    public Script(int seed, int length)
    {
        Random random = new(seed);
        NaiveChain chain = new(Builder.Genesis.Block);
        List<StoredBlock> known = [Builder.Genesis.Block];
        Models.Add(chain.Copy());
        for (int count = 0; count < length; count++)
        {
            Step step = Draw(random, chain, known);
            step.OnModel(chain);
            _steps.Add(step);
            Models.Add(chain.Copy());
        }
    }

    /// <summary>The blocks' maker.</summary>
    public ChainBuilder Builder { get; } = new();

    /// <summary>The number of steps.</summary>
    public int Length => _steps.Count;

    /// <summary>The model before the first step and after each.</summary>
    public List<NaiveChain> Models { get; } = [];

    /// <summary>The names of the steps.</summary>
    public IEnumerable<string> Names => _steps.Select(step => step.Name);

    /// <summary>Does a step.</summary>
    /// <returns>Whether the store says that it is done, with the outcome that the model has.</returns>
    public bool Run(ChainStore store, int index) => _steps[index].OnStore(store, Models[index].Copy());

    /// <summary>Does a step to a model.</summary>
    public void Run(NaiveChain chain, int index) => _steps[index].OnModel(chain);

    /// <summary>What the model is.</summary>
    public static string Describe(NaiveChain chain, uint firstState = 0) => chain.Describe(firstState, AuxiliaryKeys);

    /// <summary>What the store is.</summary>
    public static string Describe(ChainStore store) => NaiveChain.Describe(store, AuxiliaryKeys);

    /// <summary>A description line by line, without what maintenance may have forgotten already: the justifications of blocks whose states are pruned. Those of set changes are listed apart.</summary>
    public static IReadOnlyList<string> Comparable(string description) =>
        [.. description.Split('\n').Select(line => line.Contains(" pruned ", StringComparison.Ordinal) ? line[..line.TrimEnd().LastIndexOf(' ')] : line.TrimEnd())];

    private Step Draw(Random random, NaiveChain chain, List<StoredBlock> known) => random.Next(12) switch
    {
        < 6 => DrawImport(random, chain.Best, known, isBest: true),
        6 or 7 => DrawImport(random, Pick(random, known), known, random.Next(2) == 0),
        8 => SetBest(Pick(random, known).Hash),
        9 or 10 => Finalize(Pick(random, [.. chain.Blocks.Where(block => block.Number >= chain.Finalized.Number)]), random),
        _ => random.Next(3) == 0 ? Auxiliary(random) : new Step("maintain", _ => { }, (store, _) =>
        {
            store.Maintain();
            return store.MaintenanceFailure is null;
        }),
    };

    private Step DrawImport(Random random, StoredBlock parent, List<StoredBlock> known, bool isBest)
    {
        (StoredBlock block, StateDelta delta) = Builder.Next(parent, random, changes: 1 + random.Next(10));
        known.Add(block);
        return new Step("import", chain => chain.Import(block, isBest), (store, chain) =>
        {
            ImportOutcome outcome = store.Import(block, delta, isBest: isBest).Outcome;
            if (outcome != ImportOutcome.Failed) Xunit.Assert.Equal(chain.Import(block, isBest), outcome);
            return outcome != ImportOutcome.Failed;
        });
    }

    private static Step SetBest(Hash256 hash) => new("set best", chain => chain.TrySetBest(hash), (store, chain) =>
    {
        bool isSet = store.TrySetBest(hash, out StorageFailure? failure);
        if (failure is null) Xunit.Assert.Equal(chain.TrySetBest(hash), isSet);
        return failure is null;
    });

    private static Step Finalize(StoredBlock block, Random random)
    {
        byte[]? justification = random.Next(3) == 0 ? null : [(byte)random.Next(256), (byte)block.Number];
        bool changesSet = random.Next(3) == 0;
        return new Step("finalize", chain => chain.Finalize(block.Hash, justification, changesSet), (store, chain) =>
        {
            FinalizeOutcome outcome = store.Finalize(block.Hash, justification, changesSet).Outcome;
            if (outcome != FinalizeOutcome.Failed) Xunit.Assert.Equal(chain.Finalize(block.Hash, justification, changesSet), outcome);
            return outcome != FinalizeOutcome.Failed;
        });
    }

    private static Step Auxiliary(Random random)
    {
        byte[] key = Pick(random, AuxiliaryKeys);
        byte[]? value = random.Next(3) == 0 ? null : [(byte)random.Next(256)];
        return new Step("auxiliary", chain => chain.PutAuxiliary(key, value), (store, _) => store.PutAuxiliary(key, value) is null);
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private sealed record Step(string Name, Action<NaiveChain> OnModel, Func<ChainStore, NaiveChain, bool> OnStore);
}
