using System.CommandLine;

namespace Phala.Cli.Keys;

/// <summary><c>phala key sign</c></summary>
internal static class SignCommand
{
    public static Command Create()
    {
        Argument<string> message = KeyOptions.Message();
        Option<string> secret = new("--secret") { Description = "The signer's secret phrase or URI; '-' reads it from standard input.", Required = true };
        Option<string?> password = KeyOptions.Password();
        Option<KeyScheme> scheme = KeyOptions.Scheme();
        Option<bool> hex = KeyOptions.Hex();

        Command command = new("sign", "Signs a message and prints the signature in hexadecimal.") { message, secret, password, scheme, hex };
        command.Validators.Add(result =>
        {
            string?[] inputs = [result.GetValue(message), result.GetValue(secret), Console.IsInputRedirected ? result.GetValue(password) : null];
            if (inputs.Count(input => input == "-") > 1) result.AddError("Only one of message, secret and password can come from standard input.");
        });
        command.SetAction(result =>
        {
            string? problem = MessageInput.TryRead(result.GetRequiredValue(message), result.GetValue(hex), out byte[] bytes);
            if (problem is not null) return Failure.Report(result, problem);
            problem = SecretInput.TryRead(result.GetRequiredValue(secret), out string uri) ?? SecretInput.TryAddPassword(ref uri, result.GetValue(password));
            if (problem is not null) return Failure.Report(result, problem);
            problem = AccountKey.TryOpen(uri, result.GetValue(scheme), out AccountKey? key);
            if (key is null) return Failure.Report(result, problem);
            using (key) result.InvocationConfiguration.Output.WriteLine("0x" + Convert.ToHexStringLower(key.Sign(bytes)));
            return 0;
        });
        return command;
    }
}
