using System.Diagnostics.CodeAnalysis;
using Phala.Node.ChainSpecs;
using Phala.Node.Options;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Trie.Storage;

namespace Phala.Node.Host;

/// <summary>Finds the chain's specification and its data.</summary>
/// <param name="lightCode">The code for light clients, for a spec version.</param>
public sealed class ChainOpening(Func<uint, byte[]> lightCode)
{
    /// <summary>The folder of a chain's data.</summary>
    public static string FolderOf(NodeOptions options, ChainSpec spec) => Path.Combine(options.BasePath, "chains", spec.Id);

    /// <summary>The folder of its database.</summary>
    public static string DatabaseOf(NodeOptions options, ChainSpec spec) => Path.Combine(FolderOf(options, spec), "db");

    /// <summary>Opens the chain's data, or begins it.</summary>
    public static bool TryOpenStore(NodeOptions options, ChainSpec spec, [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out string? problem)
    {
        (store, problem) = (null, null);
        string database = DatabaseOf(options, spec);
        bool isKept = !BuiltInChain.Names.Contains(options.Chain) || KeptSpec.Exists(FolderOf(options, spec)), isNew = !Directory.Exists(database);
        if (!isKept && isNew && !TryKeep(options, spec, out problem)) return false;
        if (ChainStore.TryOpenOrCreate(new DiskFileSystem(), database, spec.ToGenesis(), options.Storage, out store, out StorageFailure? failure))
        {
            return isKept || isNew || TryKeep(options, spec, out problem);
        }

        problem = failure.Error == StorageError.OtherGenesis && !isKept ? DescribeOther(options, database, failure) : failure.ToString();
        return false;
    }

    /// <summary>Opens data that is there already.</summary>
    public static bool TryOpenExisting(NodeOptions options, ChainSpec spec, [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out string? problem)
    {
        bool isOpen = ChainStore.TryOpen(new DiskFileSystem(), DatabaseOf(options, spec), spec.GenesisHeader.Hash(), options.Storage, out store, out StorageFailure? failure);
        problem = failure?.ToString();
        return isOpen;
    }

    /// <summary>Reads the specification of the chain that the options name: of a built-in one as it was when its data was begun.</summary>
    /// <param name="options">The options.</param>
    /// <param name="spec">The specification.</param>
    /// <param name="problem">Why there is none, in words for who started the node.</param>
    public bool TryReadSpec(NodeOptions options, [NotNullWhen(true)] out ChainSpec? spec, [NotNullWhen(false)] out string? problem)
    {
        if (BuiltInChain.Names.Contains(options.Chain)) return TryReadBuiltIn(options, out spec, out problem);
        if (options.BlockMilliseconds is null) return TryReadFile(options.Chain, $"--chain {options.Chain}: neither a built-in chain ({string.Join(", ", BuiltInChain.Names)}) nor", out spec, out problem);
        spec = null;
        problem = "--block-millisecs is for built-in chains; a chain specification has its own slot duration.";
        return false;
    }

    private bool TryReadBuiltIn(NodeOptions options, [NotNullWhen(true)] out ChainSpec? spec, [NotNullWhen(false)] out string? problem)
    {
        (spec, problem) = (null, null);
        GenesisConfig config = BuiltInChain.Genesis(options.Chain, options.BlockMilliseconds);
        if (config.SlotDuration is 0 or > GenesisConfig.LongestSlot)
        {
            problem = $"--block-millisecs is a number from 1 to {GenesisConfig.LongestSlot}.";
            return false;
        }

        spec = BuiltInChain.Spec(options.Chain, config, lightCode);
        string folder = FolderOf(options, spec);
        if (!KeptSpec.Exists(folder)) return true;
        string path = KeptSpec.PathIn(folder);
        if (!TryReadFile(path, $"{path}: not", out spec, out problem))
        {
            problem += $" It was written when the chain began. Restore it, or begin anew with 'phala-node purge-chain --chain {options.Chain} --base-path {options.BasePath}'.";
            return false;
        }

        ulong kept = Aura.SlotDuration.Get(spec.Genesis.Main);
        if (options.BlockMilliseconds is not { } asked || asked == kept) return true;
        spec = null;
        problem = DescribeDuration(options, folder, kept, asked);
        return false;
    }

    private bool TryReadFile(string path, string neither, [NotNullWhen(true)] out ChainSpec? spec, [NotNullWhen(false)] out string? problem)
    {
        (spec, problem) = (null, null);
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"{neither} a file that can be read: {exception.Message}";
            return false;
        }

        if (new ChainSpecReader(lightCode).TryRead(json, out spec, out ChainSpecError? error)) return true;
        problem = $"{path}: {error}.";
        return false;
    }

    private static bool TryKeep(NodeOptions options, ChainSpec spec, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        try
        {
            KeptSpec.Write(FolderOf(options, spec), spec);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"--base-path {options.BasePath} can't be written: {exception.Message}";
        }

        return problem is null;
    }

    /// <summary>Another slot duration gives another genesis: say so, rather than that hashes differ.</summary>
    private static string DescribeOther(NodeOptions options, string database, StorageFailure other)
    {
        if (!ChainStore.TryOpen(new DiskFileSystem(), database, genesis: null, options.Storage with { MaintainInBackground = false }, out ChainStore? existing, out _)) return other.ToString();
        using (existing)
        {
            ulong kept = existing.StateAt(existing.Best.Hash, out StateSnapshot? state) == StateLookup.Found ? Aura.SlotDuration.Get(state!.Main) : 0;
            ulong asked = BuiltInChain.Genesis(options.Chain, options.BlockMilliseconds).SlotDuration;
            return kept == asked || kept == 0 ? other.ToString() : DescribeDuration(options, database, kept, asked);
        }
    }

    private static string DescribeDuration(NodeOptions options, string folder, ulong kept, ulong asked) =>
        $"The chain in {folder} has slots of {kept} ms, and {asked} ms are asked for. A chain keeps the duration it began with: start with --block-millisecs {kept}, "
        + $"or begin anew with 'phala-node purge-chain --chain {options.Chain} --base-path {options.BasePath}'.";
}
