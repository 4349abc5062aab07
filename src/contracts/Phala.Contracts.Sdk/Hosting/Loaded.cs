namespace Phala.Contracts.Hosting;

/// <summary>Tells the constructor that the source generator writes from an author's: it makes an object for a contract that exists, and runs nothing.</summary>
public readonly struct Loaded;
