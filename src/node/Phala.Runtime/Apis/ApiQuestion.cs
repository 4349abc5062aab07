using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Pallets;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Apis;

/// <summary>A question to the runtime: the arguments, and the state in which it is asked.</summary>
/// <param name="runtime">The runtime.</param>
/// <param name="state">The state.</param>
/// <param name="at">The block after which the state is this one.</param>
/// <param name="arguments">The encoded arguments, one after the other.</param>
internal readonly ref struct ApiQuestion(PhalaRuntime runtime, StateSnapshot state, BlockId at, ReadOnlySpan<byte> arguments)
{
    /// <summary>The encoded arguments.</summary>
    public ReadOnlySpan<byte> Arguments { get; } = arguments;

    /// <summary>The runtime.</summary>
    public PhalaRuntime Runtime => runtime;

    /// <summary>The state.</summary>
    public StateSnapshot State => state;

    /// <summary>The state's main trie.</summary>
    public MerkleTrie Main => state.Main;

    /// <summary>The block.</summary>
    public BlockId At => at;

    /// <summary>The version of the rules.</summary>
    public uint SpecVersion => UpgradePallet.SpecVersion(new StateOverlay(state).Main);

    /// <summary>Reads the one argument.</summary>
    public bool TryRead<TCodec, T>([MaybeNullWhen(false)] out T argument)
        where TCodec : IScaleCodec<T> => Scale.Decode<TCodec, T>(Arguments).TryGet(out argument);

    /// <summary>Reads an extrinsic that is followed by so many bytes.</summary>
    public bool TryReadTransaction(int skip, int trailing, [NotNullWhen(true)] out ScratchBlock? scratch, [NotNullWhen(true)] out PreparedTransaction? transaction)
    {
        (scratch, transaction) = (null, null);
        if (Arguments.Length < skip + trailing) return false;
        return Scale.Decode<OpaqueExtrinsic>(Arguments[skip..^trailing]).TryGet(out OpaqueExtrinsic opaque)
            && runtime.TryBeginScratch(state, at, out scratch)
            && scratch.TryPrepare(opaque, out transaction);
    }
}
