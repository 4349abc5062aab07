using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Interface;

/// <summary>Several calls in one transaction, and calls on behalf of derived accounts.</summary>
[Documented]
public static partial class Utility
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Utility";

    /// <summary>How many calls a batch may hold.</summary>
    public const uint BatchedCallsLimit = 10_922;

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 7, "pallet_utility", Docs)
        .Call<Batch>(0)
        .Call<AsDerivative>(1)
        .Call<BatchAll>(2)
        .Call<ForceBatch>(4)
        .Event<BatchInterrupted>(0)
        .Event<BatchCompleted>(1)
        .Event<BatchCompletedWithErrors>(2)
        .Event<ItemCompleted>(3)
        .Event<ItemFailed>(4)
        .Errors<ErrorCodec, Error>()
        .Constant<U32Codec, uint>("batched_calls_limit", BatchedCallsLimit, "How many calls a batch may hold.");

    /// <summary>What can go wrong.</summary>
    [Scale("pallet_utility::pallet::Error")]
    public enum Error : byte
    {
        /// <summary>The batch holds more calls than it may.</summary>
        TooManyCalls = 0,
    }

    /// <summary>Executes calls until one fails; those before it stay.</summary>
    /// <param name="Calls">The calls.</param>
    [Scale] public readonly partial record struct Batch(Vec<RuntimeCall> Calls) : ICall<Batch>;

    /// <summary>Executes a call as the account that is derived from the sender and a number.</summary>
    /// <param name="Index">The number.</param>
    /// <param name="Call">The call.</param>
    [Scale] public readonly partial record struct AsDerivative(ushort Index, RuntimeCall Call) : ICall<AsDerivative>;

    /// <summary>Executes calls; if one fails, none has happened.</summary>
    /// <param name="Calls">The calls.</param>
    [Scale] public readonly partial record struct BatchAll(Vec<RuntimeCall> Calls) : ICall<BatchAll>;

    /// <summary>Executes calls, whether or not others fail.</summary>
    /// <param name="Calls">The calls.</param>
    [Scale] public readonly partial record struct ForceBatch(Vec<RuntimeCall> Calls) : ICall<ForceBatch>;

    /// <summary>A call failed, and the rest was not executed.</summary>
    /// <param name="Index">Its place in the batch.</param>
    /// <param name="Error">Why.</param>
    [Scale] public readonly partial record struct BatchInterrupted(uint Index, DispatchError Error) : IEvent<BatchInterrupted>;

    /// <summary>All calls were executed.</summary>
    [Scale] public readonly partial record struct BatchCompleted : IEvent<BatchCompleted>;

    /// <summary>All calls were tried, and some failed.</summary>
    [Scale] public readonly partial record struct BatchCompletedWithErrors : IEvent<BatchCompletedWithErrors>;

    /// <summary>One call of a batch was executed.</summary>
    [Scale] public readonly partial record struct ItemCompleted : IEvent<ItemCompleted>;

    /// <summary>One call of a batch failed.</summary>
    /// <param name="Error">Why.</param>
    [Scale] public readonly partial record struct ItemFailed(DispatchError Error) : IEvent<ItemFailed>;
}
