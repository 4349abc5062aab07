using Phala.Codec;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>A record of the arguments of a call. Its indices are those of the pallet's shape that lists it.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface ICall<TSelf> : IScale<TSelf>
    where TSelf : ICall<TSelf>;
