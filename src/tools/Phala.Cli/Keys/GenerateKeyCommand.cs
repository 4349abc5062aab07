using System.CommandLine;
using System.Security.Cryptography;
using Phala.Crypto.Keys;

namespace Phala.Cli.Keys;

/// <summary><c>phala key generate</c></summary>
internal static class GenerateKeyCommand
{
    private static readonly int[] WordCounts = [12, 15, 18, 21, 24];

    public static Command Create()
    {
        Option<int> words = new("--words", "-w") { Description = "How many words: 12, 15, 18, 21 or 24.", DefaultValueFactory = _ => 12 };
        words.Validators.Add(result =>
        {
            if (!WordCounts.Contains(result.GetValueOrDefault<int>())) result.AddError("--words takes 12, 15, 18, 21 or 24.");
        });
        Option<KeyScheme> scheme = KeyOptions.Scheme();
        Option<int> network = KeyOptions.Network();
        Option<bool> json = KeyOptions.Json();

        Command command = new("generate", "Makes a new secret phrase and shows its account.") { words, scheme, network, json };
        command.SetAction(result => Run(result, result.GetValue(words), result.GetValue(scheme), result.GetValue(network), result.GetValue(json)));
        return command;
    }

    private static int Run(ParseResult result, int words, KeyScheme scheme, int network, bool json)
    {
        string phrase = NewPhrase(words);
        string? problem = AccountKey.TryOpen(phrase, scheme, out AccountKey? key);
        if (key is null) return Failure.Report(result, problem);
        using (key)
        {
            KeyReport report = new();
            report.Add("Secret phrase", phrase);
            InspectKeyCommand.Describe(report, key.PublicKey, key.Account, scheme, network);
            report.Print(result.InvocationConfiguration.Output, json);
        }

        if (!json) result.InvocationConfiguration.Error.WriteLine("\nWhoever has the phrase has the account. Write it down on paper; it is not stored anywhere.");
        return 0;
    }

    private static string NewPhrase(int words)
    {
        byte[] entropy = RandomNumberGenerator.GetBytes(words * 4 / 3);
        char[] phrase = new char[Mnemonic.MaxTextLength];
        int length = Mnemonic.Write(entropy, phrase);
        CryptographicOperations.ZeroMemory(entropy);
        return new string(phrase, 0, length);
    }
}
