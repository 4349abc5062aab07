namespace Phala.Codec;

/// <summary>The type with one value and no bytes, Rust's <c>()</c>.</summary>
public readonly record struct Unit;
