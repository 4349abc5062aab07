using Phala.Chain;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Framework;

/// <summary>A part of the runtime: what it does with its calls, and at the beginning and end of each block.</summary>
/// <remarks>The constructor says all of it. Indices, events, errors and storage stand in the <see cref="PalletShape"/>.</remarks>
/// <param name="shape">What the outside knows of it.</param>
public abstract class Pallet(PalletShape shape)
{
    private readonly List<CallHandler> _handlers = [];

    /// <summary>What the outside knows of it.</summary>
    public PalletShape Shape { get; } = shape;

    /// <summary>What it does with its calls.</summary>
    public IReadOnlyList<CallHandler> Handlers => _handlers;

    /// <summary>What it does at the beginning of a block, if anything; the answer is what that weighs.</summary>
    public Func<BlockContext, Weight>? Initialize { get; protected init; }

    /// <summary>What it does at the end of a block, if anything.</summary>
    public Action<BlockContext>? FinalizeBlock { get; protected init; }

    /// <summary>Registers a user's call.</summary>
    protected void Call<T>(Weight weight, Func<CallContext, T, DispatchResult> handler)
        where T : ICall<T> => Call(new DispatchInfo(weight, DispatchClass.Normal, Pays.Yes), null, handler);

    /// <summary>Registers a call whose cost depends on its arguments.</summary>
    /// <param name="least">The least that it costs.</param>
    /// <param name="info">What it costs; null where that is always the least.</param>
    /// <param name="handler">What is done.</param>
    /// <param name="bare">Whether it proves its own right without a signature; null where none does.</param>
    /// <param name="signed">What it says of a transaction that an account signed; null where nothing.</param>
    protected void Call<T>(
        DispatchInfo least,
        Func<T, DispatchInfo>? info,
        Func<CallContext, T, DispatchResult> handler,
        Func<BlockContext, T, TransactionValidity>? bare = null,
        Func<BlockContext, AccountId, T, TransactionValidity>? signed = null)
        where T : ICall<T> => _handlers.Add(new CallHandler<T>(RuntimeShape.CallOf(typeof(T)), least, info, handler) { Bare = bare, Signed = signed });

    /// <summary>Registers a call that the author of each block puts into it, and nobody else.</summary>
    protected void Inherent<T>(Weight weight, Func<CallContext, T, DispatchResult> handler)
        where T : ICall<T> => _handlers.Add(
            new CallHandler<T>(RuntimeShape.CallOf(typeof(T)), new DispatchInfo(weight, DispatchClass.Mandatory, Pays.Yes), null, handler) { IsInherent = true });

    /// <summary>An error of the pallet.</summary>
    protected DispatchError Fail<TError>(TError error)
        where TError : struct, Enum => DispatchError.Module(Shape.Index, System.Runtime.CompilerServices.Unsafe.BitCast<TError, byte>(error));
}
