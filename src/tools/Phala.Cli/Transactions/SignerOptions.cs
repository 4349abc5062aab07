using System.CommandLine;
using Phala.Chain;
using Phala.Client.Transactions;
using Phala.Crypto.Keys;
using Phala.Terminal.Keys;

namespace Phala.Cli.Transactions;

/// <summary>Who signs a command's transactions: a secret that leaves no trace, or a development account by name.</summary>
/// <param name="description">What the account does here.</param>
/// <param name="otherwise">What the command does without one, where it can: then nobody is asked for it.</param>
internal sealed class SignerOptions(string description, string? otherwise = null)
{
    private readonly Option<string?> _from = new("--from") { Description = $"{description}: a secret phrase or URI such as //Alice, a file with one, or '-' for standard input. [default: {otherwise ?? "asked for"}]" };
    private readonly Option<KeyScheme> _scheme = KeyOptions.Scheme();
    private readonly PasswordOptions _password = PasswordOptions.OfSecret();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_scheme);
        _password.AddTo(command);
    }

    /// <summary>Opens the key.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="signer">The key; null where something is wrong, or none was given and none is needed.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public string? TryOpen(ParseResult line, out AccountSigner? signer)
    {
        signer = null;
        if (otherwise is not null && line.GetValue(_from) is null) return null;
        string? password = null;
        string? problem = SecretInput.TryRead(line.GetValue(_from), line.InvocationConfiguration.Error, out string uri)
            ?? _password.TryRead(line, out password) ?? SecretInput.TryAddPassword(ref uri, password);
        if (problem is not null) return problem;
        SignatureScheme scheme = line.GetValue(_scheme) switch
        {
            KeyScheme.Ed25519 => SignatureScheme.Ed25519,
            KeyScheme.Ecdsa => SignatureScheme.Ecdsa,
            _ => SignatureScheme.Sr25519,
        };
        SecretUriError error = AccountSigner.TryOpen(uri, scheme, out signer);
        return error == SecretUriError.None ? null : $"This is no secret phrase or URI: {error}.";
    }
}
