using System.CommandLine;
using Phala.Crypto.Signatures;

namespace Phala.Terminal.Keys;

/// <summary><c>phala key verify</c></summary>
public static class VerifyCommand
{
    public static Command Create()
    {
        Argument<string> message = KeyOptions.Message();
        Argument<string> signature = new("signature") { Description = "The signature in hexadecimal." };
        Argument<string> signer = new("signer") { Description = "The signer's SS58 address of any network, or public key in hexadecimal with 0x." };
        Option<KeyScheme> scheme = KeyOptions.Scheme();
        Option<bool> hex = KeyOptions.Hex();

        Command command = new("verify", "Verifies a signature. Exit code 0 means valid, 1 not.") { message, signature, signer, scheme, hex };
        command.SetAction(result =>
        {
            string? problem = MessageInput.TryRead(result.GetRequiredValue(message), result.GetValue(hex), out byte[] bytes);
            if (problem is not null) return Failure.Report(result, problem);
            if (!HexText.TryRead(result.GetRequiredValue(signature), out byte[] proof)) return Failure.Report(result, "The signature is not hexadecimal.");
            if (AddressText.TryRead(result.GetRequiredValue(signer), out byte[] account) is { } reason) return Failure.Report(result, reason);
            problem = Verify(result.GetValue(scheme), account, bytes, proof);
            if (problem is not null) return Failure.Report(result, problem);
            result.InvocationConfiguration.Output.WriteLine("The signature is valid.");
            return 0;
        });
        return command;
    }

    private static string? Verify(KeyScheme scheme, byte[] account, byte[] message, byte[] signature)
    {
        if (scheme == KeyScheme.Ed25519 && Ed25519VerifyingKey.TryDecode(account, out Ed25519VerifyingKey key) && key.IsSmallOrder)
        {
            return "The signer's key is of small order: anyone can sign anything for it, so a signature proves nothing.";
        }

        string verdict = scheme switch
        {
            KeyScheme.Sr25519 => Sr25519.Verify(account, message, signature).ToString(),
            KeyScheme.Ed25519 => Ed25519.Verify(account, message, signature).ToString(),
            _ => SubstrateEcdsa.Verify(account, message, signature) is var error && error == EcdsaError.None ? nameof(SignatureVerdict.Valid) : error.ToString(),
        };
        return verdict == nameof(SignatureVerdict.Valid) ? null : $"The signature is not valid: {verdict}.";
    }
}
