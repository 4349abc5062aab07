namespace Phala.Node.Network.Addresses;

/// <summary>Why text is no address that this program can use.</summary>
internal enum MultiaddressError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It does not begin with a slash, or is too long.</summary>
    BadForm,

    /// <summary>It does not begin with ip4, ip6, dns, dns4 or dns6 and what belongs there.</summary>
    BadHost,

    /// <summary>No tcp with a port follows.</summary>
    BadPort,

    /// <summary>What follows p2p is no peer's id.</summary>
    BadPeer,

    /// <summary>Something follows that is neither ws, wss nor p2p, or follows them.</summary>
    Unsupported,
}
