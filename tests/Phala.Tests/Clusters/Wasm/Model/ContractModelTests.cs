using System.Globalization;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.State;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Model;

/// <summary>Contracts that store, pay, call and end each other, beside a naive model. <c>PHALA_CONTRACT_STEPS</c> says how many steps at least.</summary>
public sealed class ContractModelTests(ITestOutputHelper output)
{
    private const int Contracts = 3, CommandsOfWorld = 60;
    private const ulong PerItem = 10, PerByte = 1;
    private static readonly int MostSteps = int.Parse(Environment.GetEnvironmentVariable("PHALA_CONTRACT_STEPS") ?? "5000", CultureInfo.InvariantCulture);

    [Fact]
    public void Storage_tokens_deposits_events_and_results_are_the_model_s()
    {
        SortedDictionary<OutcomeStatus, int> endings = [];
        int steps = 0, seed = 0, roots = 0;
        for (; steps < MostSteps; seed++)
        {
            (ProbeWorld world, ContractModel model) = Begin();
            Random random = new(seed);
            HashSet<Hash256> seen = [];
            for (int command = 0; command < CommandsOfWorld; command++)
            {
                OutcomeStatus status = RunBoth(world, model, random);
                endings[status] = endings.GetValueOrDefault(status) + 1;
                seen.Add(world.World.State.Root);
            }

            steps += model.Steps;
            roots += seen.Count;
        }

        output.WriteLine($"{steps} steps in {seed} worlds, {roots} distinct roots: {string.Join(", ", endings.Select(ending => $"{ending.Value} {ending.Key}"))}");
        Assert.Equal([OutcomeStatus.Succeeded, OutcomeStatus.Reverted, OutcomeStatus.Trapped, OutcomeStatus.TransferFailed, OutcomeStatus.DepositFailed], endings.Keys.OrderBy(Order));
        Assert.True(endings[OutcomeStatus.Succeeded] * 2 > seed * CommandsOfWorld && roots > seed * CommandsOfWorld / 3, $"{roots}");
    }

    private static int Order(OutcomeStatus status) => Array.IndexOf([OutcomeStatus.Succeeded, OutcomeStatus.Reverted, OutcomeStatus.Trapped, OutcomeStatus.TransferFailed, OutcomeStatus.DepositFailed], status);

    /// <summary>People have so little that some can't pay, and gas is free so that the model need not count it.</summary>
    private static (ProbeWorld World, ContractModel Model) Begin()
    {
        ProbeWorld world = new(perItem: PerItem, perByte: PerByte);
        ContractModel model = new(Contracts, PerItem, PerByte);
        world.World.Apply([ProbeWorld.Instantiate(2), .. RandomScripts.People.Select((person, at) => ClusterWorld.Deposit(person, (UInt128)(300 * (at + 1))))]);
        for (int at = 0; at < RandomScripts.People.Length; at++) model.Give(RandomScripts.People[at], (UInt128)(300 * (at + 1)));
        return (world, model);
    }

    private static OutcomeStatus RunBoth(ProbeWorld world, ContractModel model, Random random)
    {
        AccountId sender = RandomScripts.People[random.Next(4)];
        int contract = random.Next(Contracts), events = model.Events.Count;
        UInt128 value = (UInt128)random.Next(120);
        if (world.World.View().Find(ProbeWorld.Probe((byte)contract)) is null) contract = Enumerable.Range(0, Contracts).FirstOrDefault(at => world.World.View().HasContract(ProbeWorld.Probe((byte)at)), -1);
        if (contract < 0) return OutcomeStatus.Succeeded;
        IReadOnlyList<ModelStep> steps = ModelScript.Draw(random, Contracts);
        (OutcomeStatus status, byte[] expected) = model.Run(sender, contract, value, steps);
        Outcome outcome = world.Run(out EntryResult result, ModelScript.Write(steps), ProbeWorld.Probe((byte)contract), value, sender: sender);
        Assert.Equal((status, Convert.ToHexString(expected)), (outcome.Status, Convert.ToHexString(outcome.Output.AsSpan())));
        Assert.Equal(model.Events.Skip(events).Select(Convert.ToHexString), result.Events.Select(item => Convert.ToHexString(item.Data.AsSpan())));
        Compare(world, model);
        return status;
    }

    private static void Compare(ProbeWorld world, ContractModel model)
    {
        ClusterStorage storage = new(world.World.State.Content);
        AccountId[] accounts = [.. RandomScripts.People, .. Enumerable.Range(0, Contracts).Select(ContractModel.AccountOf)];
        Assert.Equal(accounts.Select(account => model.Balances.GetValueOrDefault(account)), accounts.Select(account => storage.BalanceOf(account)));
        for (int contract = 0; contract < Contracts; contract++)
        {
            Hash256 id = ProbeWorld.Probe((byte)contract);
            Assert.Equal(model.Deposits.GetValueOrDefault(contract), storage.UsageOf(id).Deposit);
            Assert.Equal((ulong)model.Stored.Keys.Count(key => key.Contract == contract), storage.UsageOf(id).Items);
            for (byte key = 0; key < 8; key++)
            {
                bool isThere = storage.TryGetStored(id, [1, key], out ReadOnlySpan<byte> value);
                Assert.Equal(model.Stored.TryGetValue((contract, key), out byte[]? expected) ? Convert.ToHexString(expected) : null, isThere ? Convert.ToHexString(value) : null);
            }
        }
    }
}
