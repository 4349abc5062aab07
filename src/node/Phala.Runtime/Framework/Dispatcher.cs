using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Framework;

/// <summary>Finds what a pallet does with a call and does it, wholly or not at all.</summary>
public sealed class Dispatcher
{
    private readonly CallHandler?[] _handlers = new CallHandler?[1 << 16];

    /// <summary>Takes the pallets' handlers.</summary>
    /// <exception cref="ArgumentException">Two handlers for a call, or none.</exception>
    public Dispatcher(IReadOnlyList<Pallet> pallets)
    {
        foreach (CallHandler handler in pallets.SelectMany(pallet => pallet.Handlers))
        {
            ref CallHandler? place = ref _handlers[Place(handler.Shape)];
            if (place is not null) throw new ArgumentException($"{handler.Shape.Pallet.Name}.{handler.Shape.Name} is registered twice.", nameof(pallets));
            place = handler;
        }

        foreach (CallShape call in RuntimeShape.Pallets.SelectMany(pallet => pallet.Calls))
        {
            if (_handlers[Place(call)] is null) throw new ArgumentException($"{call.Pallet.Name}.{call.Name} is not registered.", nameof(pallets));
        }
    }

    /// <summary>What a pallet does with a call.</summary>
    public CallHandler HandlerOf(RuntimeCall call) => HandlerOf(call.Shape);

    /// <summary>What a pallet does with a call.</summary>
    public CallHandler HandlerOf(CallShape call) => _handlers[Place(call)]!;

    /// <summary>What a call costs, known before it is executed.</summary>
    public DispatchInfo Info(RuntimeCall call) => HandlerOf(call).Info(call);

    /// <summary>Executes a call. If it fails, state, events and messages are as before.</summary>
    public DispatchResult Dispatch(BlockContext block, RuntimeCall call, Origin origin)
    {
        BlockMark mark = block.Begin();
        DispatchResult result = HandlerOf(call).Invoke(new CallContext(block, origin, this), call);
        block.End(mark, keep: !result.IsError);
        return result;
    }

    private static int Place(CallShape call) => (call.Pallet.Index << 8) | call.Index;
}
