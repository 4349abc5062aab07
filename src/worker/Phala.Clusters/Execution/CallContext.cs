using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Codec;
using Phala.Clusters.State;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>All that a contract can reach while it is called.</summary>
/// <remarks>
/// <para><b>Concept.</b> There is no ambient access: time and block are the entry's, storage is the contract's own, and everything takes gas.</para>
/// <para><b>Invariant.</b> When gas runs out, or the contract traps, every further access does nothing and finds nothing, and whatever the contract returns is dropped: so contracts need not
/// look, as long as their loops end when nothing is found.</para>
/// </remarks>
public sealed class CallContext
{
    /// <summary>The longest key of a contract's storage in bytes.</summary>
    public const int LongestKey = 256;

    /// <summary>The longest value of a contract's storage in bytes.</summary>
    public const int LongestValue = 1024 * 1024;

    /// <summary>How many topics an event may have.</summary>
    public const int MostTopics = 4;

    private readonly CallEngine _engine;

    internal CallContext(CallEngine engine, in AccountId caller, in Hash256 self, UInt128 value)
    {
        _engine = engine;
        (Caller, Self, Value) = (caller, self, value);
    }

    /// <summary>What the call is for.</summary>
    public ExecutionMode Mode => _engine.Mode;

    /// <summary>Who calls: an account, or a contract. Zeros in a query without an account.</summary>
    public AccountId Caller { get; }

    /// <summary>The contract.</summary>
    public Hash256 Self { get; }

    /// <summary>The contract, as an account.</summary>
    public AccountId SelfAccount => new(Self.AsSpan());

    /// <summary>Tokens that the contract was given with the call.</summary>
    public UInt128 Value { get; }

    /// <summary>The number of the entry's block.</summary>
    public uint BlockNumber => _engine.Point.BlockNumber;

    /// <summary>The entry's time in milliseconds since 1970.</summary>
    public ulong BlockTime => _engine.Point.BlockTime;

    /// <summary>Whether nothing goes on any more.</summary>
    public bool IsStopped => Failure is not null || _engine.Fuel.IsExhausted || _engine.IsStopRequested;

    /// <summary>Takes gas for a computation.</summary>
    /// <returns>False where it did not suffice.</returns>
    public bool TrySpend(ulong gas) => !IsStopped && _engine.Fuel.TrySpend(gas);

    /// <summary>Stops the call: it can't go on.</summary>
    public CallResult Trap()
    {
        Fail(CallStatus.Trapped);
        return CallResult.Fail(CallStatus.Trapped);
    }

    /// <summary>Finds a value of the contract's storage. It is good until the next write.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TrySpend(Fuel.Read) || !IsKey(key) || !_engine.Storage.TryGetStored(Self, key, out ReadOnlySpan<byte> found)) return false;
        if (!_engine.Fuel.TrySpend(0, Fuel.ReadByte, found.Length)) return false;
        value = found;
        return true;
    }

    /// <summary>Whether the contract's storage has a key.</summary>
    public bool Contains(ReadOnlySpan<byte> key) => LengthOf(key) is not null;

    /// <summary>The length of a key's value in bytes; null where the key has none.</summary>
    public int? LengthOf(ReadOnlySpan<byte> key) => TrySpend(Fuel.Read) && IsKey(key) && _engine.Storage.TryGetStored(Self, key, out ReadOnlySpan<byte> value) ? value.Length : null;

    /// <summary>Gives a key of the contract's storage a value.</summary>
    /// <returns>The length of the value that it had in bytes; null where it had none.</returns>
    public int? Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (IsStopped || !_engine.Fuel.TrySpend(Fuel.Write, Fuel.WriteByte, key.Length + value.Length) || !IsKey(key)) return null;
        if (value.Length > LongestValue)
        {
            Fail(CallStatus.ValueTooLarge);
            return null;
        }

        if (!_engine.TryWrite(key.Length + value.Length))
        {
            Fail(CallStatus.TooMuchWritten);
            return null;
        }

        _engine.Touch(Self);
        return _engine.Storage.SetStored(Self, key, value);
    }

    /// <summary>Takes a key's value away, where it has one.</summary>
    /// <returns>Its length in bytes; null where there was none.</returns>
    public int? Remove(ReadOnlySpan<byte> key)
    {
        if (!TrySpend(Fuel.Write) || !IsKey(key)) return null;
        _engine.Touch(Self);
        return _engine.Storage.RemoveStored(Self, key);
    }

    /// <summary>The smallest key of the contract's storage that begins with a prefix and is greater than a key.</summary>
    public bool TryGetNextKey(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? next)
    {
        next = null;
        if (!TrySpend(Fuel.NextKey) || !IsKey(key) || !_engine.Storage.TryGetNextStored(Self, key, out byte[]? found) || !found.AsSpan().StartsWith(prefix)) return false;
        next = found;
        return true;
    }

    /// <summary>What an account has that is not locked.</summary>
    public UInt128 BalanceOf(in AccountId account) => TrySpend(Fuel.Read) ? _engine.Storage.BalanceOf(account) : 0;

    /// <summary>Gives tokens of the contract to an account.</summary>
    /// <returns>False where it has fewer, the account would come into being with less than it takes (<see cref="CallEngine.LeastBalance"/>), or the call has stopped.</returns>
    public bool TryTransfer(in AccountId to, UInt128 amount) => TrySpend(Fuel.Transfer) && _engine.TryTransfer(SelfAccount, to, amount);

    /// <summary>Emits an event.</summary>
    public void Emit(ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
        if (IsStopped || !_engine.Fuel.TrySpend(Fuel.Emit, Fuel.EmitByte, data.Length + (topics.Length * Hash256.Size))) return;
        if (topics.Length > MostTopics) Fail(CallStatus.TooManyTopics);
        else if (data.Length > LongestValue) Fail(CallStatus.ValueTooLarge);
        else if (!_engine.TryEmit(new ContractEvent(Self, Vec.Create(topics), Vec.Create(data)))) Fail(CallStatus.TooMuchEmitted);
    }

    /// <summary>Calls another contract, with the gas that is left. What it changed is undone unless it returned.</summary>
    public CallResult Call(in Hash256 contract, UInt128 value, ReadOnlySpan<byte> input) => Call(contract, value, input, default);

    /// <inheritdoc cref="Call(in Hash256, UInt128, ReadOnlySpan{byte})"/>
    internal CallResult Call(in Hash256 contract, UInt128 value, ReadOnlySpan<byte> input, in CallTerms terms) =>
        IsStopped ? CallResult.Refuse(CallStatus.Trapped) : _engine.Call(SelfAccount, contract, value, input, terms);

    /// <summary>The code of a contract whose constructor is done.</summary>
    public bool TryGetCodeHash(in Hash256 contract, out Hash256 code)
    {
        code = default;
        if (!TrySpend(Fuel.Read) || !_engine.Storage.TryGetContract(contract, out ContractRecord record) || _engine.IsBeingMade(contract)) return false;
        code = record.CodeHash;
        return true;
    }

    /// <summary>Whether the cluster has code: of contracts, or of programs beside them.</summary>
    public bool HasCode(in Hash256 code, bool besideContracts) => TrySpend(Fuel.Read) && _engine.HasCode(code, besideContracts);

    /// <summary>What the call is part of.</summary>
    internal CallEngine Engine => _engine;

    /// <summary>Why the call can't go on, whatever it returns; null where it can.</summary>
    internal CallStatus? Failure { get; private set; }

    /// <summary>Stops the call. The first reason counts.</summary>
    internal void Fail(CallStatus status) => Failure ??= status;

    private bool IsKey(ReadOnlySpan<byte> key)
    {
        if (key.Length > LongestKey) Fail(CallStatus.DecodingFailed);
        return key.Length <= LongestKey;
    }
}
