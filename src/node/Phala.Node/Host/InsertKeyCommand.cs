using System.CommandLine;
using Phala.Node.ChainSpecs;
using Phala.Node.Keys;
using Phala.Node.Options;
using Phala.Runtime;
using Phala.Terminal.Keys;
using Hex = Phala.Codec.Hex;

namespace Phala.Node.Host;

/// <summary><c>phala-node key insert</c></summary>
internal static class InsertKeyCommand
{
    public static Command Create()
    {
        ChainOptions chain = new();
        Option<string> type = new("--key-type") { Description = "What the key is for: aura (making blocks, sr25519) or gran (making them final, ed25519).", Required = true };
        type.AcceptOnlyFromAmong([.. KeyTypes.All]);
        Option<KeyScheme?> scheme = new("--scheme", "-s") { Description = "The signature scheme; it follows from the key type, and another one is refused." };
        Option<string?> secret = new("--suri") { Description = "The secret phrase or URI, or a file that holds it; '-' reads it from standard input. Without the option you are asked." };
        PasswordOptions password = new("The password that protects the keystore: it is not stored, and the node asks for it again.");
        Command command = new("insert", "Keeps an authority's key in the keystore of a chain. A running node learns of it at its next start; author_insertKey tells it at once.") { type, scheme, secret };
        chain.AddTo(command);
        password.AddTo(command);
        command.SetAction(line =>
        {
            if (line.GetValue(scheme) is { } given && given != SchemeOf(line.GetValue(type)!))
            {
                return Failure.Report(line, $"error: keys of type {line.GetValue(type)} are {SchemeOf(line.GetValue(type)!)} keys: leave --scheme out.");
            }

            string? secretPassword = null;
            string? problem = SecretInput.TryRead(line.GetValue(secret), line.InvocationConfiguration.Error, out string uri) ?? password.TryRead(line, out secretPassword);
            return problem is null ? Run(line, chain.Read(line), line.GetValue(type)!, uri, secretPassword) : Failure.Report(line, $"error: {problem}");
        });
        return command;
    }

    private static int Run(ParseResult line, NodeOptions options, string type, string uri, string? password)
    {
        if (!ChainOptions.TryReadSpec(options, new PhalaRuntime(), out ChainSpec? spec, out string? problem)) return Failure.Report(line, $"error: {problem}");
        string whole = uri;
        problem = SecretInput.TryAddPassword(ref whole, password);
        AccountKey? key = null;
        problem ??= AccountKey.TryOpen(whole, SchemeOf(type), out key);
        if (key is null) return Failure.Report(line, $"error: {problem}");
        using (key)
        {
            Keystore keystore = Keystore.Of(ChainOpening.FolderOf(options, spec));
            problem = keystore.Keep(type, key.PublicKey, uri);
            if (problem is not null) return Failure.Report(line, $"error: {problem}");
            line.InvocationConfiguration.Output.WriteLine($"The {type} key {Hex.Format(key.PublicKey)} is kept in {keystore.Folder}.");
            return 0;
        }
    }

    private static KeyScheme SchemeOf(string type) => type == KeyTypes.Aura ? KeyScheme.Sr25519 : KeyScheme.Ed25519;
}
