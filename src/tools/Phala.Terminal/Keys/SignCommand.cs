using System.CommandLine;

namespace Phala.Terminal.Keys;

/// <summary><c>phala key sign</c></summary>
public static class SignCommand
{
    public static Command Create()
    {
        Argument<string> message = KeyOptions.Message();
        Option<string> secret = new("--secret") { Description = "The signer's secret phrase or URI; '-' reads it from standard input.", Required = true };
        PasswordOptions password = PasswordOptions.OfSecret();
        Option<KeyScheme> scheme = KeyOptions.Scheme();
        Option<bool> hex = KeyOptions.Hex();

        Command command = new("sign", "Signs a message and prints the signature in hexadecimal.") { message, secret, scheme, hex };
        password.AddTo(command);
        command.Validators.Add(result =>
        {
            bool[] inputs = [result.GetValue(message) == "-", result.GetValue(secret) == "-", Console.IsInputRedirected && password.ReadsInput(result)];
            if (inputs.Count(input => input) > 1) result.AddError("Only one of message, secret and password can come from standard input.");
        });
        command.SetAction(result =>
        {
            string? problem = MessageInput.TryRead(result.GetRequiredValue(message), result.GetValue(hex), out byte[] bytes);
            if (problem is not null) return Failure.Report(result, problem);
            string? secretPassword = null;
            problem = SecretInput.TryRead(result.GetRequiredValue(secret), result.InvocationConfiguration.Error, out string uri)
                ?? password.TryRead(result, out secretPassword) ?? SecretInput.TryAddPassword(ref uri, secretPassword);
            if (problem is not null) return Failure.Report(result, problem);
            problem = AccountKey.TryOpen(uri, result.GetValue(scheme), out AccountKey? key);
            if (key is null) return Failure.Report(result, problem);
            using (key) result.InvocationConfiguration.Output.WriteLine("0x" + Convert.ToHexStringLower(key.Sign(bytes)));
            return 0;
        });
        return command;
    }
}
