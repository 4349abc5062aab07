using Phala.Codec;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>A record of what an event tells. Its indices are those of the pallet's shape that lists it.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IEvent<TSelf> : IScale<TSelf>
    where TSelf : IEvent<TSelf>;
