namespace Phala.Node.Rpc;

/// <summary>
/// Which web pages a browser may let call: <c>--rpc-cors</c>. A caller that is no browser sends no origin and is not concerned. An entry such as
/// <c>http://localhost:*</c> stands for every port.
/// </summary>
public sealed class RpcOrigins
{
    private readonly string[]? _allowed;

    private RpcOrigins(string[]? allowed) => _allowed = allowed;

    /// <summary>Every page.</summary>
    public static RpcOrigins All { get; } = new(null);

    /// <summary>Pages of this machine, and the polkadot.js apps: Substrate's default.</summary>
    public static RpcOrigins Default { get; } =
        new(["http://localhost:*", "http://127.0.0.1:*", "https://localhost:*", "https://127.0.0.1:*", "https://polkadot.js.org"]);

    /// <summary>Whether every page may call.</summary>
    public bool IsAll => _allowed is null;

    /// <summary>Exactly these origins; <c>all</c> or <c>*</c> among them stands for every page.</summary>
    public static RpcOrigins Of(params IEnumerable<string> origins)
    {
        string[] allowed = [.. origins.Select(origin => origin.TrimEnd('/'))];
        return allowed.Any(origin => origin is "all" or "*") ? All : new RpcOrigins(allowed);
    }

    /// <summary>Whether a page of this origin may call.</summary>
    public bool Allows(string origin) => _allowed is null || _allowed.Any(entry => Matches(entry, origin));

    /// <inheritdoc/>
    public override string ToString() => _allowed is null ? "*" : string.Join(", ", _allowed);

    private static bool Matches(string entry, string origin)
    {
        if (!entry.EndsWith(":*", StringComparison.Ordinal)) return string.Equals(entry, origin, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> host = entry.AsSpan(0, entry.Length - 2);
        if (!origin.AsSpan().StartsWith(host, StringComparison.OrdinalIgnoreCase)) return false;
        ReadOnlySpan<char> rest = origin.AsSpan(host.Length);
        return rest.IsEmpty || (rest.Length > 1 && rest[0] == ':' && !rest[1..].ContainsAnyExceptInRange('0', '9'));
    }
}
