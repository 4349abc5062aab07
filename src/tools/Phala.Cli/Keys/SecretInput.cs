namespace Phala.Cli.Keys;

/// <summary>Where secrets come from: the command line, or the terminal and pipes, which leave no trace in the shell's history.</summary>
internal static class SecretInput
{
    /// <summary>The text itself, or the first line of standard input in place of '-'.</summary>
    public static string Read(string text) => text == "-" ? Console.In.ReadLine() ?? "" : text;

    /// <summary>The secret URI with its password, asked for in place of '-'.</summary>
    public static string WithPassword(string secret, string? password)
    {
        if (password is null) return secret;
        if (password != "-") return $"{secret}///{password}";
        Console.Error.Write("Password: ");
        string typed = Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : ReadHidden();
        return $"{secret}///{typed}";
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
