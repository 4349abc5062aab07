using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Contracts.Hosting;
using Phala.Crypto.Hashing;
using Phala.Trie;
using ClusterAccount = Phala.Chain.AccountId;
using HashAlgorithm = Phala.Contracts.Hosting.HashAlgorithm;
using Status = Phala.Clusters.Execution.CallStatus;

namespace Phala.Contracts.Testing.Direct;

/// <summary>The host of a contract on .NET: the same calls of the same cluster as compiled contracts make through the functions that they import.</summary>
internal sealed class DirectHost(CallContext call, byte[] input) : ContractHost
{
    /// <summary>As compiled contracts' keys of any length have it before them.</summary>
    private const byte KeyMark = 1;

    private const int LongestKey = 128;
    private const uint AllowReentry = 8;
    private const uint Trapped = 1, Reverted = 2, TransferFailed = 5, NotCallable = 8;

    private ContractEnded? _end;

    /// <summary>How the contract ended its call; null while it has not.</summary>
    internal CallResult? Ended => _end?.Result;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Input => input;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Caller => call.Caller.AsSpan().ToArray();

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Address => call.Self.AsSpan().ToArray();

    /// <inheritdoc/>
    public override UInt128 Balance => Checked(call.BalanceOf(call.SelfAccount));

    /// <inheritdoc/>
    public override UInt128 TransferredValue => call.Value;

    /// <inheritdoc/>
    public override ulong Now => call.BlockTime;

    /// <inheritdoc/>
    public override uint BlockNumber => call.BlockNumber;

    /// <inheritdoc/>
    [DoesNotReturn]
    public override void Return(bool reverts, ReadOnlySpan<byte> output) => End(reverts ? CallResult.Revert(output.ToArray()) : CallResult.Return(output.ToArray()));

    /// <inheritdoc/>
    [DoesNotReturn]
    public override void Trap()
    {
        call.Fail(Status.NoRoom);
        End(CallResult.Fail(Status.NoRoom));
    }

    /// <inheritdoc/>
    public override bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => Checked(call.TryGet(Key(key), out value));

    /// <inheritdoc/>
    public override int? LengthOf(ReadOnlySpan<byte> key) => Checked(call.LengthOf(Key(key)));

    /// <inheritdoc/>
    public override int? Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Checked(call.Set(Key(key), value));

    /// <inheritdoc/>
    public override int? Clear(ReadOnlySpan<byte> key) => Checked(call.Remove(Key(key)));

    /// <inheritdoc/>
    public override uint Call(uint flags, ReadOnlySpan<byte> callee, ulong gas, UInt128 value, ReadOnlySpan<byte> data, out ReadOnlySpan<byte> output)
    {
        CallResult result = call.Engine.Call(call.SelfAccount, new Hash256(callee), value, data.ToArray(), new CallTerms(gas, (flags & AllowReentry) != 0));
        output = result.Output.Span;
        Check();
        return result.Status switch
        {
            Status.Returned => 0,
            Status.Reverted => Reverted,
            Status.TransferFailed when result.IsRefused => TransferFailed,
            Status.ContractNotFound when result.IsRefused => NotCallable,
            _ when result.IsRefused => Stop(result.Status),
            _ => Trapped,
        };
    }

    /// <inheritdoc/>
    public override uint Transfer(ReadOnlySpan<byte> account, UInt128 value) => Checked(call.TryTransfer(new ClusterAccount(account), value)) ? 0 : TransferFailed;

    /// <inheritdoc/>
    public override void Emit(ReadOnlySpan<byte> topics, ReadOnlySpan<byte> data)
    {
        Vec<Hash256> read = default;
        ScaleReader reader = new(topics);
        if (topics.Length > 0 && !VecCodec<Hash256, Hash256>.TryDecode(ref reader, out read)) Stop(Status.DecodingFailed);
        call.Emit(read.AsSpan(), data);
        Check();
    }

    /// <inheritdoc/>
    public override void Digest(HashAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        if (algorithm == HashAlgorithm.Blake2b256) Blake2b.Hash256(data, digest);
        else if (algorithm == HashAlgorithm.Sha256) SHA256.HashData(data, digest);
        else Keccak256.Hash(data, digest);
    }

    /// <inheritdoc/>
    public override uint CallExtension(uint function, ReadOnlySpan<byte> data, out ReadOnlySpan<byte> output)
    {
        ExtensionReply reply = call.Engine.Extension.Run((ushort)function, call, data);
        Check();
        output = reply.Output;
        return reply.Status;
    }

    /// <summary>Compiled, a call ends at once; on .NET the author's <c>Dispose</c> still runs, which must not end it another way.</summary>
    [DoesNotReturn]
    private void End(CallResult result)
    {
        _end ??= new ContractEnded(result);
        throw _end;
    }

    private byte[] Key(ReadOnlySpan<byte> key)
    {
        if (key.Length > LongestKey) Stop(Status.DecodingFailed);
        return [KeyMark, .. key];
    }

    private T Checked<T>(T value)
    {
        Check();
        return value;
    }

    /// <summary>A call that was stopped ends where it next asks for something.</summary>
    private void Check()
    {
        if (_end is { } ended) throw ended;
        if (call.IsStopped) End(CallResult.Fail(call.Failure ?? Status.OutOfGas));
    }

    private uint Stop(Status status)
    {
        call.Fail(status);
        Check();
        return Trapped;
    }
}
