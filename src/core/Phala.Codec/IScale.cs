namespace Phala.Codec;

/// <summary>A type that is its own codec. The generator implements it for types marked with <see cref="ScaleAttribute"/>.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IScale<TSelf> : IScaleCodec<TSelf>
    where TSelf : IScale<TSelf>;
