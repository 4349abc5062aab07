using Phala.Crypto.Signatures;

namespace Phala.Crypto.Keys;

/// <summary>The accounts that development chains endow. Their secrets are public: they hold nothing of value anywhere.</summary>
public static class DevAccounts
{
    private static readonly string[] AllNames = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];

    /// <summary>Their names, which are also the hard junctions that their keys are derived by.</summary>
    public static IReadOnlyList<string> Names => AllNames;

    /// <summary>The secret URI of an account, such as <c>//Alice</c>, or of the one that holds its stake, such as <c>//Alice//stash</c>.</summary>
    public static string Uri(string name, bool stash = false) => stash ? $"//{name}//stash" : $"//{name}";

    /// <summary>The sr25519 key pair of an account.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="stash">Whether it is the key of the stash account.</param>
    /// <exception cref="ArgumentException">No development account has this name.</exception>
    public static Sr25519KeyPair Open(string name, bool stash = false)
    {
        if (!AllNames.Contains(name, StringComparer.Ordinal)) throw new ArgumentException("No development account has this name.", nameof(name));
        SecretUri.TryParse(Uri(name, stash), out SecretUri uri);
        return uri.DeriveSr25519();
    }

    /// <summary>The address of an account.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="stash">Whether it is the stash account.</param>
    /// <param name="prefix">The network's SS58 prefix.</param>
    /// <exception cref="ArgumentException">No development account has this name.</exception>
    public static string Address(string name, bool stash = false, int prefix = Ss58.GenericPrefix)
    {
        using Sr25519KeyPair pair = Open(name, stash);
        return Ss58.Encode(pair.PublicKey, prefix);
    }
}
