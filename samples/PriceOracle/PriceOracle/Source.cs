namespace PriceOracle;

/// <summary>A server that knows prices.</summary>
/// <param name="Url">Where it is asked.</param>
/// <param name="Path">Where in its answer the price is.</param>
public readonly record struct Source(string Url, string Path);
