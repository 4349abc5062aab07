using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Versions;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Genesis;

/// <summary>Writes the state that a chain begins with.</summary>
public static class GenesisBuilder
{
    /// <summary>Builds the state.</summary>
    /// <param name="config">What the chain begins with.</param>
    /// <param name="lightCode">The code for light clients, for a spec version.</param>
    /// <param name="state">The state.</param>
    public static GenesisError TryBuild(GenesisConfig config, Func<uint, byte[]> lightCode, [NotNull] out StateSnapshot? state)
    {
        state = null!;
        GenesisError error = Check(config);
        if (error != GenesisError.None) return error;
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        TrieOverlay main = overlay.Main;
        main.Set(WellKnownKeys.Code, lightCode(config.SpecVersion));
        FrameSystem.LastRuntimeUpgrade.Set(main, new LastRuntimeUpgradeInfo(config.SpecVersion, PhalaVersion.Of(config.SpecVersion).SpecName));
        WriteBalances(main, config);
        WriteValidators(main, config);
        Aura.SlotDuration.Set(main, config.SlotDuration);
        Session.Length.Set(main, config.SessionLength);
        TransactionPayment.NextFeeMultiplier.Set(main, FixedU128.One);
        if (config.Sudo is { } sudo) Sudo.Key.Set(main, sudo);
        WriteWorkers(main, config);
        state = overlay.ToSnapshot();
        return GenesisError.None;
    }

    private static GenesisError Check(GenesisConfig config)
    {
        if (config.SpecVersion is < PhalaVersion.OldestSpec or > PhalaVersion.LatestSpec) return GenesisError.UnknownVersion;
        if (config.SlotDuration is 0 or > GenesisConfig.LongestSlot) return GenesisError.BadSlotDuration;
        bool distinct = config.Validators.DistinctBy(validator => validator.Account).Count() == config.Validators.Count
            && config.Validators.DistinctBy(validator => validator.Keys.Aura).Count() == config.Validators.Count
            && config.Validators.DistinctBy(validator => validator.Keys.Grandpa).Count() == config.Validators.Count;
        if (config.Validators.Count == 0 || !distinct) return GenesisError.BadValidators;
        if (config.Balances.DistinctBy(balance => balance.Account).Count() != config.Balances.Count) return GenesisError.BadBalance;
        if (config.Balances.Any(balance => balance.Amount < Balances.ExistentialDeposit)) return GenesisError.BadBalance;
        if (config.AllowedMeasurements.Distinct().Count() != config.AllowedMeasurements.Count) return GenesisError.BadMeasurements;
        UInt128 sum = 0;
        foreach ((_, UInt128 amount) in config.Balances)
        {
            if (amount > UInt128.MaxValue - sum) return GenesisError.TooManyTokens;
            sum += amount;
        }

        return GenesisError.None;
    }

    private static void WriteBalances(TrieOverlay state, GenesisConfig config)
    {
        UInt128 issuance = 0;
        foreach ((AccountId account, UInt128 amount) in config.Balances)
        {
            FrameSystem.Account.Set(state, account, AccountInfo.Missing with { Providers = 1, Data = AccountData.Empty with { Free = amount } });
            issuance += amount;
        }

        Balances.TotalIssuance.Set(state, issuance);
    }

    private static void WriteWorkers(TrieOverlay state, GenesisConfig config)
    {
        PhalaPhatContracts.PinkSystemCodeHash.Set(state, NativeCode.SystemContract);
        if (config.AllowInsecureDev) PhalaRegistry.AllowInsecureDev.Set(state, true);
        if (config.AllowedMeasurements.Count == 0) return;
        PhalaRegistry.PRuntimeAllowList.Set(state, [.. config.AllowedMeasurements]);
        foreach (Measurement measurement in config.AllowedMeasurements) PhalaRegistry.PRuntimeAddedAt.Set(state, measurement, 0);
    }

    private static void WriteValidators(TrieOverlay state, GenesisConfig config)
    {
        Session.Validators.Set(state, [.. config.Validators.Select(validator => validator.Account)]);
        Aura.Authorities.Set(state, [.. config.Validators.Select(validator => validator.Keys.Aura)]);
        Grandpa.Authorities.Set(state, [.. config.Validators.Select(validator => new GrandpaAuthority(validator.Keys.Grandpa, 1))]);
        Grandpa.CurrentSetId.Set(state, 0);
        foreach ((AccountId account, SessionKeys keys) in config.Validators)
        {
            Session.NextKeys.Set(state, account, keys);
            Session.KeyOwner.Set(state, new KeyOwnerId(new EngineId("aura"u8), Vec.Create(keys.Aura.AsSpan())), account);
            Session.KeyOwner.Set(state, new KeyOwnerId(new EngineId("gran"u8), Vec.Create(keys.Grandpa.AsSpan())), account);
            if (FrameSystem.Account.TryGet(state, account, out AccountInfo info)) FrameSystem.Account.Set(state, account, info with { Consumers = info.Consumers + 1 });
        }
    }
}
