using System.CommandLine;

namespace Phala.Terminal.Keys;

/// <summary>The ways to give a password: on the command line, from a file, or typed without an echo.</summary>
public sealed class PasswordOptions
{
    private readonly Option<string?> _password;
    private readonly Option<bool> _interactive = new("--password-interactive") { Description = "Ask for the password." };
    private readonly Option<FileInfo?> _file = new("--password-filename") { Description = "A file whose first line is the password." };

    /// <summary>Makes the options.</summary>
    /// <param name="whose">Whose password it is, for the help.</param>
    public PasswordOptions(string whose) => _password = new Option<string?>("--password") { Description = $"{whose} Give '-' to be asked for it." };

    /// <summary>The options of a key command.</summary>
    public static PasswordOptions OfSecret() => new("The secret's password, as after '///'.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_password);
        command.Options.Add(_interactive);
        command.Options.Add(_file);
        command.Validators.Add(result =>
        {
            bool[] given = [result.GetValue(_password) is not null, result.GetValue(_interactive), result.GetValue(_file) is not null];
            if (given.Count(each => each) > 1) result.AddError("Give one of --password, --password-interactive and --password-filename.");
        });
    }

    /// <summary>Whether the password would be read from standard input.</summary>
    public bool ReadsInput(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_password) == "-" || result.GetValue(_interactive);

    /// <summary>Reads the password.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="password">The password; null for none.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public string? TryRead(ParseResult result, out string? password)
    {
        password = result.GetValue(_password);
        if (result.GetValue(_file) is { } file)
        {
            if (SecretInput.TryReadFirstLine(file.FullName, out password) is { } problem) return problem;
        }
        else if (password == "-" || result.GetValue(_interactive))
        {
            password = SecretInput.Ask("Password: ", result.InvocationConfiguration.Error);
        }

        return password?.Length == 0 ? "The password is empty. Leave the option out for a secret without one." : null;
    }
}
