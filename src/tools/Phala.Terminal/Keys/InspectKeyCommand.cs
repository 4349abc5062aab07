using System.CommandLine;
using System.Globalization;
using Phala.Crypto.Keys;

namespace Phala.Terminal.Keys;

/// <summary><c>phala key inspect</c></summary>
public static class InspectKeyCommand
{
    public static Command Create()
    {
        Argument<string?> key = new("key")
        {
            Description = "A secret phrase or URI (//Alice, 0x… seed, phrase//hard/soft), a file that holds one, an SS58 address, or with --public a public key in hexadecimal. "
                + "'-' reads it from standard input; without it you are asked.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> isPublic = new("--public") { Description = "The key is a public key in hexadecimal." };
        PasswordOptions password = PasswordOptions.OfSecret();
        Option<KeyScheme> scheme = KeyOptions.Scheme();
        Option<int> network = KeyOptions.Network();
        OutputOptions output = new();

        Command command = new("inspect", "Shows the public key and the addresses of a secret, an address or a public key.") { key, isPublic, scheme, network };
        password.AddTo(command);
        output.AddTo(command);
        command.SetAction(result =>
        {
            KeyReport report = new();
            string? problem = SecretInput.TryRead(result.GetValue(key), result.InvocationConfiguration.Error, out string text);
            string? secretPassword = null;
            problem ??= password.TryRead(result, out secretPassword);
            problem ??= result.GetValue(isPublic)
                ? TryDescribePublicKey(report, text, result.GetValue(network))
                : TryDescribe(report, text, secretPassword, result.GetValue(scheme), result.GetValue(network));
            if (problem is not null) return Failure.Report(result, problem);
            output.Print(report, result);
            return 0;
        });
        return command;
    }

    /// <summary>Adds what is public about a key.</summary>
    public static void Describe(KeyReport report, byte[] publicKey, byte[] account, KeyScheme scheme, int network)
    {
        report.Add("Scheme", scheme.ToString().ToLowerInvariant());
        report.Add("Public key", publicKey);
        DescribeAccount(report, account, network);
    }

    private static string? TryDescribe(KeyReport report, string text, string? password, KeyScheme scheme, int network)
    {
        byte[] any = new byte[Ss58.MaxAccountLength];
        Ss58Error addressError = Ss58.TryDecode(text, any, out int length, out int prefix);
        if (addressError == Ss58Error.None)
        {
            report.Add("Network", prefix.ToString(CultureInfo.InvariantCulture));
            DescribeAccount(report, any[..length], network);
            return null;
        }

        // A single word that is neither a path nor a seed was meant as an address.
        if (!text.Contains(' ', StringComparison.Ordinal) && !text.Contains('/', StringComparison.Ordinal) && !text.StartsWith("0x", StringComparison.Ordinal))
        {
            return AddressText.Explain(addressError);
        }

        string uri = text;
        string? problem = SecretInput.TryAddPassword(ref uri, password);
        if (problem is not null) return problem;
        problem = AccountKey.TryOpen(uri, scheme, out AccountKey? key);
        if (key is null) return problem;
        using (key) Describe(report, key.PublicKey, key.Account, scheme, network);
        return null;
    }

    private static string? TryDescribePublicKey(KeyReport report, string text, int network)
    {
        string? problem = AddressText.TryReadHexadecimal(text, out byte[] account);
        if (problem is null) DescribeAccount(report, account, network);
        return problem;
    }

    private static void DescribeAccount(KeyReport report, byte[] account, int network)
    {
        report.Add("Account", account);
        report.Add("Address", Ss58.Encode(account, network));
        if (network != Ss58.GenericPrefix) report.Add("Generic", Ss58.Encode(account, Ss58.GenericPrefix));
    }
}
