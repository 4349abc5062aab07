namespace Phala.Terminal.Keys;

/// <summary>Where secrets come from: the command line, or files, the terminal and pipes, which leave no trace in the shell's history.</summary>
public static class SecretInput
{
    /// <summary>Reads a secret: the text itself, the first line of the file that it names, the first line of standard input in place of '-', or what is typed where there is no text.</summary>
    /// <param name="text">The argument; null where there is none.</param>
    /// <param name="errors">Where questions go.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(string? text, TextWriter errors, out string secret)
    {
        secret = "";
        if (text is null) secret = Ask("Secret phrase or URI: ", errors);
        else if (text == "-") secret = Console.In.ReadLine() ?? "";
        else if (!File.Exists(text)) secret = text;
        else if (TryReadFirstLine(text, out secret) is { } problem) return problem;

        // Nothing means the phrase of development chains in a secret URI; an unset variable must not become it.
        if (secret.Length == 0) return "The secret is empty. For the development phrase write it out, or a path such as //Alice.";
        return secret.AsSpan().Trim().Length == secret.Length ? null : "The secret begins or ends with white space, which would lead to another account.";
    }

    /// <summary>Adds a password to a secret.</summary>
    /// <param name="secret">The secret; receives the whole secret URI.</param>
    /// <param name="password">The password, or null.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryAddPassword(ref string secret, string? password)
    {
        if (password is null) return null;
        if (secret.Contains("///", StringComparison.Ordinal)) return "The secret has a password already, after '///'.";
        secret = $"{secret}///{password}";
        return null;
    }

    /// <summary>The first line of a file.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryReadFirstLine(string path, out string line)
    {
        line = "";
        try
        {
            using StreamReader reader = new(path);
            line = reader.ReadLine() ?? "";
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} can't be read: {exception.Message}";
        }
    }

    /// <summary>Asks for a line: without an echo on a terminal.</summary>
    public static string Ask(string question, TextWriter errors)
    {
        errors.Write(question);
        return Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : ReadHidden(errors);
    }

    private static string ReadHidden(TextWriter errors)
    {
        List<char> typed = [];
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) break;
            if (key.Key == ConsoleKey.Backspace && typed.Count > 0) typed.RemoveAt(typed.Count - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Add(key.KeyChar);
        }

        errors.WriteLine();
        return new string([.. typed]);
    }
}
