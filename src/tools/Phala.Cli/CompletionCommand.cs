using System.CommandLine;

namespace Phala.Cli;

/// <summary><c>phala completion</c>: what makes a shell complete this tool's commands. The tool itself answers the shell, so that the script never grows old.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _phala() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(phala "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null | grep -v '^/')" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _phala phala
        """;

    private const string Zsh = """
        _phala() {
            local -a words
            words=("${(@f)$(phala "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null | grep -v '^/')}")
            compadd -a words
        }
        compdef _phala phala
        """;

    private const string Fish = """
        complete -f -c phala -a '(phala "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null | string match -v "/*")'
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command command = new("completion", "Prints a script that completes commands: source <(phala completion bash)") { shell };
        command.SetAction(line => line.InvocationConfiguration.Output.WriteLine(line.GetValue(shell) switch
        {
            "zsh" => Zsh,
            "fish" => Fish,
            _ => Bash,
        }));
        return command;
    }
}
