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
    /// <summary>Reads the specification of the chain that the options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="spec">The specification.</param>
    /// <param name="problem">Why there is none, in words for who started the node.</param>
    public bool TryReadSpec(NodeOptions options, [NotNullWhen(true)] out ChainSpec? spec, [NotNullWhen(false)] out string? problem)
    {
        (spec, problem) = (null, null);
        if (BuiltInChain.Names.Contains(options.Chain))
        {
            GenesisConfig config = BuiltInChain.Genesis(options.Chain, options.BlockMilliseconds);
            if (config.SlotDuration == 0)
            {
                problem = "--block-millisecs must be at least 1.";
                return false;
            }

            spec = BuiltInChain.Spec(options.Chain, config, lightCode);
            return true;
        }

        if (options.BlockMilliseconds is not null)
        {
            problem = "--block-millisecs is for built-in chains; a chain specification has its own slot duration.";
            return false;
        }

        byte[] json;
        try
        {
            json = File.ReadAllBytes(options.Chain);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"--chain {options.Chain}: neither a built-in chain ({string.Join(", ", BuiltInChain.Names)}) nor a file that can be read: {exception.Message}";
            return false;
        }

        if (new ChainSpecReader(lightCode).TryRead(json, out spec, out ChainSpecError? error)) return true;
        problem = error.ToString();
        return false;
    }

    /// <summary>The folder of a chain's data.</summary>
    public static string FolderOf(NodeOptions options, ChainSpec spec) => Path.Combine(options.BasePath, "chains", spec.Id);

    /// <summary>Opens the chain's data, or begins it.</summary>
    public static bool TryOpenStore(NodeOptions options, ChainSpec spec, [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out string? problem)
    {
        string folder = Path.Combine(FolderOf(options, spec), "db");
        if (ChainStore.TryOpenOrCreate(new DiskFileSystem(), folder, spec.ToGenesis(), options.Storage, out store, out StorageFailure? failure))
        {
            problem = null;
            return true;
        }

        problem = failure.Error == StorageError.OtherGenesis && options.BlockMilliseconds is { } milliseconds
            ? Describe(options, folder, milliseconds)
            : failure.ToString();
        return false;
    }

    /// <summary>A slot duration that differs from that of the data gives another genesis: say so, rather than that hashes differ.</summary>
    private static string Describe(NodeOptions options, string folder, ulong milliseconds)
    {
        if (!ChainStore.TryOpen(new DiskFileSystem(), folder, genesis: null, options.Storage, out ChainStore? existing, out StorageFailure? failure)) return failure.ToString();
        using (existing)
        {
            ulong kept = existing.StateAt(existing.Best.Hash, out StateSnapshot? state) == StateLookup.Found ? Aura.SlotDuration.Get(state!.Main) : 0;
            return $"The chain in {folder} has slots of {kept} ms, and --block-millisecs asks for {milliseconds}. A chain keeps the duration it began with: "
                + $"leave the option out, or begin anew with 'phala-node purge-chain --chain {options.Chain}'.";
        }
    }
}
