using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Phala.Crypto.Keys;

namespace Phala.Terminal.Keys;

/// <summary>Options that several key commands share.</summary>
public static class KeyOptions
{
    /// <summary>Which signature scheme.</summary>
    public static Option<KeyScheme> Scheme() => new("--scheme", "-s")
    {
        Description = "The signature scheme: sr25519 (the default), ed25519 or ecdsa.",
        HelpName = "sr25519|ed25519|ecdsa",
        DefaultValueFactory = _ => KeyScheme.Sr25519,
        CustomParser = ParseScheme,
    };

    /// <summary>Which network's address form, by name or prefix.</summary>
    public static Option<int> Network() => new("--network", "-n")
    {
        Description = "The network of the address: phala (30), substrate (42), or an SS58 prefix.",
        DefaultValueFactory = _ => Ss58.PhalaPrefix,
        CustomParser = ParseNetwork,
    };

    /// <summary>Whether the message is hexadecimal.</summary>
    public static Option<bool> Hex() => new("--hex") { Description = "The message is given in hexadecimal." };

    /// <summary>The message of the sign and verify commands.</summary>
    public static Argument<string> Message() => new("message") { Description = "The message; '-' reads it from standard input." };

    private static KeyScheme ParseScheme(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        foreach (KeyScheme scheme in Enum.GetValues<KeyScheme>())
        {
            if (string.Equals(text, scheme.ToString(), StringComparison.OrdinalIgnoreCase)) return scheme;
        }

        result.AddError($"'{text}' is no signature scheme: give sr25519, ed25519 or ecdsa.");
        return KeyScheme.Sr25519;
    }

    private static int ParseNetwork(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (string.Equals(text, "phala", StringComparison.OrdinalIgnoreCase)) return Ss58.PhalaPrefix;
        if (string.Equals(text, "substrate", StringComparison.OrdinalIgnoreCase)) return Ss58.GenericPrefix;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) && Ss58.IsValidPrefix(prefix)) return prefix;
        result.AddError($"'{text}' is no network: give phala, substrate, or an SS58 prefix from 0 to {Ss58.MaxPrefix} other than 46 and 47.");
        return Ss58.PhalaPrefix;
    }
}
