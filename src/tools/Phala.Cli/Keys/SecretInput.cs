namespace Phala.Cli.Keys;

/// <summary>Where secrets come from: the command line, or the terminal and pipes, which leave no trace in the shell's history.</summary>
internal static class SecretInput
{
    /// <summary>Reads a secret: the text itself, or the first line of standard input in place of '-'.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(string text, out string secret)
    {
        secret = text == "-" ? Console.In.ReadLine() ?? "" : text;

        // Nothing means the phrase of development chains in a secret URI; an unset variable must not become it.
        if (secret.Length == 0) return "The secret is empty. For the development phrase write it out, or a path such as //Alice.";
        return secret.AsSpan().Trim().Length == secret.Length ? null : "The secret begins or ends with white space, which would lead to another account.";
    }

    /// <summary>Adds a password to a secret; it is asked for in place of '-'.</summary>
    /// <param name="secret">The secret; receives the whole secret URI.</param>
    /// <param name="password">The password, or null.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryAddPassword(ref string secret, string? password)
    {
        if (password is null) return null;
        if (secret.Contains("///", StringComparison.Ordinal)) return "The secret has a password already, after '///'.";
        if (password == "-")
        {
            Console.Error.Write("Password: ");
            password = Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : ReadHidden();
        }

        if (password.Length == 0) return "The password is empty. Leave --password out for a secret without one.";
        secret = $"{secret}///{password}";
        return null;
    }

    private static string ReadHidden()
    {
        List<char> typed = [];
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) break;
            if (key.Key == ConsoleKey.Backspace && typed.Count > 0) typed.RemoveAt(typed.Count - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Add(key.KeyChar);
        }

        Console.Error.WriteLine();
        return new string([.. typed]);
    }
}
