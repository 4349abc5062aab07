namespace Phala.Wasm.Binary;

/// <summary>Something that a module offers under a name.</summary>
/// <param name="Name">The name, unique in the module.</param>
/// <param name="Kind">What is offered.</param>
/// <param name="Index">Its index among all of this kind, imports first.</param>
public readonly record struct Export(string Name, ExternalKind Kind, uint Index);
