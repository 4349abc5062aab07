using Phala.Node.Storage;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Node.Storage;

/// <summary>
/// A course of a chain is interrupted at every write, flush and change of a name, by the end of the process and by a loss of power in which any part of what was not flushed
/// is lost. What is found then is the chain before or after the step that was interrupted.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly StorageOptions Options = new() { StatePruning = 12, MaintainInBackground = false, SnapshotBytes = 6000, CheckpointBytes = 200_000 };

    private readonly Script _script = new(11, 50);

    [Fact]
    public void APowerLossAtAnyOperationLeavesTheStepBeforeOrAfter() => InterruptEverywhere((files, random) => files.AfterPowerLoss(random));

    [Fact]
    public void TheEndOfTheProcessAtAnyOperationLeavesTheStepBeforeOrAfter() => InterruptEverywhere((files, _) => files.AfterKill());

    [Fact]
    public void AnInterruptedStartCanBeRepeated()
    {
        MemoryFileSystem written = new();
        using ChainStore unfinished = Storages.Create(written, _script.Builder.Genesis, Options with { CheckpointBytes = long.MaxValue });
        for (int step = 0; step < _script.Length; step++) Assert.True(_script.Run(unfinished, step));
        MemoryFileSystem crashed = written.AfterKill();
        int operations = CountOperations(crashed.AfterKill());
        Assert.True(operations > 10, $"only {operations} operations");
        for (int at = 0; at < operations; at++)
        {
            MemoryFileSystem files = crashed.AfterKill();
            (files.FailAt, files.LosesPower) = (at, true);
            if (ChainStore.TryOpen(files, Storages.Directory, null, Options, out ChainStore? store, out _)) store.Dispose();
            using ChainStore again = Storages.Open(files.AfterPowerLoss(new Random(at)), _script.Builder.Genesis, Options);
            AssertIs(_script.Models[^1], again);
        }
    }

    [Fact]
    public void AFailureThatPassesIsReportedAndHarmsNothing()
    {
        int operations = CountOperations(), failed = 0, reported = 0;
        for (int at = 0; at < operations; at += 3)
        {
            MemoryFileSystem files = new() { FailAt = at };
            if (!ChainStore.TryCreate(files, Storages.Directory, _script.Builder.Genesis, Options, out ChainStore? store, out StorageFailure? failure))
            {
                Assert.Equal(StorageError.FileSystem, failure.Error);
                continue;
            }

            // What follows on a step that failed may have lost its ground, so the model goes along with the store.
            NaiveChain model = _script.Models[0].Copy();
            bool isBroken = false;
            using (store)
            {
                for (int step = 0; step < _script.Length && !isBroken; step++)
                {
                    bool before = files.HasFailed;
                    bool done = _script.Run(store, step);
                    if (done) _script.Run(model, step);
                    else Assert.True(files.HasFailed, "a step failed before the file system did");
                    if (!before && files.HasFailed) failed++;
                    if (!before && !done) reported++;
                    isBroken = !done;
                }

                AssertIs(model, store);
            }

            if (files.Log[at].StartsWith("flush", StringComparison.Ordinal)) continue;
            using ChainStore again = Storages.Open(files, _script.Builder.Genesis, Options);
            AssertIs(model, again);
        }

        output.WriteLine($"{failed} failures, {reported} reported by the step");
        Assert.True(reported > 50, "no step failed");
    }

    private void InterruptEverywhere(Func<MemoryFileSystem, Random, MemoryFileSystem> next)
    {
        int operations = CountOperations(), before = 0, after = 0, unborn = 0;
        List<string> wrong = [];
        for (int at = 0; at < operations; at++)
        {
            MemoryFileSystem files = new() { FailAt = at, LosesPower = true };
            int done = Run(files, files);
            MemoryFileSystem found = next(files, new Random(at));
            if (!ChainStore.TryOpen(found, Storages.Directory, _script.Builder.Genesis.Block.Hash, Options, out ChainStore? store, out StorageFailure? failure))
            {
                // A chain that was never acknowledged need not be there; making it works then.
                if (done >= 0 || failure.Error != StorageError.NotFound) wrong.Add($"operation {at} ({files.Log[at]}), after {done} steps: {failure}");
                else Storages.Create(found, _script.Builder.Genesis, Options).Dispose();
                unborn++;
                continue;
            }

            using (store)
            {
                int steps = Math.Max(done, 0);
                bool isBefore = Is(_script.Models[steps], store), isAfter = steps < _script.Length && Is(_script.Models[steps + 1], store);
                if (isBefore) before++;
                else if (isAfter) after++;
                else wrong.Add($"operation {at} ({files.Log[at]}), after {done} steps");
            }
        }

        output.WriteLine($"{operations} operations: {before} times the step before, {after} times the one after, {unborn} times no chain yet");
        Findings.None(wrong);
        Assert.True(operations > 300 && before > operations / 4 && after > 0, "the interruptions did not vary");
    }

    private int CountOperations()
    {
        MemoryFileSystem files = new();
        Assert.Equal(_script.Length, Run(files, files));
        string[] kinds = [.. files.Log.Select(line => line.Split(' ')[0]).Distinct()];
        Assert.Superset(new HashSet<string> { "write", "flush", "create", "rename", "delete" }, kinds.ToHashSet());
        return files.Operations;
    }

    private int CountOperations(MemoryFileSystem files)
    {
        Storages.Open(files, _script.Builder.Genesis, Options).Dispose();
        return files.Operations;
    }

    /// <summary>Runs the course until the file system fails.</summary>
    /// <returns>The number of steps that were acknowledged; -1 if there is no chain.</returns>
    private int Run(MemoryFileSystem files, MemoryFileSystem fails)
    {
        if (!ChainStore.TryCreate(files, Storages.Directory, _script.Builder.Genesis, Options, out ChainStore? store, out _)) return -1;
        using (store)
        {
            int done = 0;
            while (done < _script.Length && _script.Run(store, done) && !fails.HasFailed) done++;
            return done;
        }
    }

    private static void AssertIs(NaiveChain model, ChainStore store) => Assert.Equal(Expected(model, store), Script.Comparable(Script.Describe(store)));

    private static bool Is(NaiveChain model, ChainStore store) => Expected(model, store).SequenceEqual(Script.Comparable(Script.Describe(store)));

    private static IReadOnlyList<string> Expected(NaiveChain model, ChainStore store)
    {
        uint finalized = store.Finalized.Number, kept = Options.StatePruning!.Value;
        return Script.Comparable(Script.Describe(model, finalized > kept ? finalized - kept : 0));
    }
}
