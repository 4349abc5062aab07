namespace Phala.Node.Keys;

/// <summary>The kinds of keys that the node uses, by the four letters that keystores and session keys know them by.</summary>
public static class KeyTypes
{
    /// <summary>sr25519, by which blocks are made.</summary>
    public const string Aura = "aura";

    /// <summary>ed25519, by which blocks are made final.</summary>
    public const string Grandpa = "gran";

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> All { get; } = [Aura, Grandpa];
}
