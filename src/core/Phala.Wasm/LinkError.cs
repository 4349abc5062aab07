namespace Phala.Wasm;

/// <summary>Why a module cannot be linked with what the embedder provides.</summary>
public enum LinkError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>An import that nothing is provided for.</summary>
    UnknownImport,

    /// <summary>What is provided is not of the kind, type or size that the import asks for.</summary>
    IncompatibleImport,

    /// <summary>What is provided belongs to another store.</summary>
    ForeignStore,
}
