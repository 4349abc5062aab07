namespace Phala.Testing.Contracts;

/// <summary>A place.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Up.</param>
public readonly record struct Point(int X, long Y);
