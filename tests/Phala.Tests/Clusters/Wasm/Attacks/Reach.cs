namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>What <see cref="ProwlerContract"/> does.</summary>
internal enum Reach : byte
{
    /// <summary>Loads four bytes.</summary>
    Load = 0,

    /// <summary>Stores four bytes.</summary>
    Store,

    /// <summary>Copies bytes to where it can read them.</summary>
    Copy,

    /// <summary>Fills bytes.</summary>
    Fill,

    /// <summary>Calls a function of its table by number.</summary>
    CallIndirect,

    /// <summary>Calls itself for ever.</summary>
    Deeper,

    /// <summary>Returns bytes: the host reads them.</summary>
    Return,

    /// <summary>Asks who calls: the host writes 32 bytes.</summary>
    Caller,

    /// <summary>Has bytes hashed: the host reads them.</summary>
    Hash,

    /// <summary>Asks for so many pages more.</summary>
    Grow,
}
