using System.Diagnostics.CodeAnalysis;

namespace Phala.Contracts.Hosting;

/// <summary>What a contract's code talks to while it runs on .NET. Compiled contracts import the host's functions instead.</summary>
/// <remarks>Whoever runs a contract enters a host for the thread, calls an entry point, and leaves again.</remarks>
public abstract class ContractHost
{
    [ThreadStatic]
    private static ContractHost? current;

    /// <summary>The host of the call that runs on this thread.</summary>
    /// <exception cref="InvalidOperationException">No contract is being called.</exception>
    public static ContractHost Current => current ?? throw new InvalidOperationException("A contract's code runs as part of a call: deploy it on a TestCluster.");

    /// <summary>Selector and arguments of the call.</summary>
    public abstract ReadOnlySpan<byte> Input { get; }

    /// <summary>Who calls, 32 bytes.</summary>
    public abstract ReadOnlySpan<byte> Caller { get; }

    /// <summary>The contract, 32 bytes.</summary>
    public abstract ReadOnlySpan<byte> Address { get; }

    /// <summary>What the contract has.</summary>
    public abstract UInt128 Balance { get; }

    /// <summary>What came with the call.</summary>
    public abstract UInt128 TransferredValue { get; }

    /// <summary>The block's time in milliseconds since 1970.</summary>
    public abstract ulong Now { get; }

    /// <summary>The block's number.</summary>
    public abstract uint BlockNumber { get; }

    /// <summary>Makes a host the current one of the thread.</summary>
    /// <param name="host">The host; null for none.</param>
    /// <returns>The one before, to be entered again afterwards.</returns>
    public static ContractHost? Enter(ContractHost? host)
    {
        ContractHost? before = current;
        current = host;
        return before;
    }

    /// <summary>Ends the call with a result.</summary>
    /// <param name="reverts">Whether what the call changed is undone.</param>
    /// <param name="output">The result.</param>
    [DoesNotReturn]
    public abstract void Return(bool reverts, ReadOnlySpan<byte> output);

    /// <summary>Ends the call: it can't go on.</summary>
    [DoesNotReturn]
    public abstract void Trap();

    /// <summary>Finds a stored value.</summary>
    public abstract bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);

    /// <summary>Tells the length of a stored value; null where there is none.</summary>
    public abstract int? LengthOf(ReadOnlySpan<byte> key);

    /// <summary>Stores a value.</summary>
    /// <returns>The length of the one before; null where there was none.</returns>
    public abstract int? Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>Forgets a value.</summary>
    /// <returns>Its length; null where there was none.</returns>
    public abstract int? Clear(ReadOnlySpan<byte> key);

    /// <summary>Calls another contract.</summary>
    /// <param name="flags">The flags of ink!'s environment.</param>
    /// <param name="callee">The contract, 32 bytes.</param>
    /// <param name="gas">The gas that it may take; 0 for all that is left.</param>
    /// <param name="value">What it is given.</param>
    /// <param name="input">Selector and arguments.</param>
    /// <param name="output">What it returned.</param>
    /// <returns>The number of ink!'s environment that says how it went.</returns>
    public abstract uint Call(uint flags, ReadOnlySpan<byte> callee, ulong gas, UInt128 value, ReadOnlySpan<byte> input, out ReadOnlySpan<byte> output);

    /// <summary>Gives tokens of the contract to an account.</summary>
    /// <returns>The number of ink!'s environment that says how it went.</returns>
    public abstract uint Transfer(ReadOnlySpan<byte> account, UInt128 value);

    /// <summary>Emits an event.</summary>
    /// <param name="topics">SCALE of a sequence of hashes; none where it is empty.</param>
    /// <param name="data">The event.</param>
    public abstract void Emit(ReadOnlySpan<byte> topics, ReadOnlySpan<byte> data);

    /// <summary>Hashes bytes.</summary>
    /// <param name="algorithm">How.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="digest">Where the digest comes.</param>
    public abstract void Digest(HashAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> digest);

    /// <summary>Runs a function of the chain's extension.</summary>
    /// <param name="function">Its number.</param>
    /// <param name="input">The arguments.</param>
    /// <param name="output">The result.</param>
    /// <returns>A status; 0 where there is a result.</returns>
    public abstract uint CallExtension(uint function, ReadOnlySpan<byte> input, out ReadOnlySpan<byte> output);
}
