using System.CommandLine;
using System.Security.Cryptography;
using Phala.Crypto.Keys;

namespace Phala.Terminal.Keys;

/// <summary><c>phala key generate</c></summary>
public static class GenerateKeyCommand
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
        PasswordOptions password = PasswordOptions.OfSecret();
        OutputOptions output = new();

        Command command = new("generate", "Makes a new secret phrase and shows its account.") { words, scheme, network };
        password.AddTo(command);
        output.AddTo(command);
        command.SetAction(result =>
        {
            string? problem = password.TryRead(result, out string? secretPassword);
            return problem is null ? Run(result, NewPhrase(result.GetValue(words)), secretPassword, result.GetValue(scheme), result.GetValue(network), output) : Failure.Report(result, problem);
        });
        return command;
    }

    private static int Run(ParseResult result, string phrase, string? password, KeyScheme scheme, int network, OutputOptions output)
    {
        string uri = phrase;
        string? problem = SecretInput.TryAddPassword(ref uri, password);
        AccountKey? key = null;
        problem ??= AccountKey.TryOpen(uri, scheme, out key);
        if (key is null) return Failure.Report(result, problem);
        using (key)
        {
            KeyReport report = new();
            report.Add("Secret phrase", phrase);
            InspectKeyCommand.Describe(report, key.PublicKey, key.Account, scheme, network);
            output.Print(report, result);
        }

        if (!output.IsJson(result)) result.InvocationConfiguration.Error.WriteLine("\nWhoever has the phrase has the account. Write it down on paper; it is not stored anywhere.");
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
