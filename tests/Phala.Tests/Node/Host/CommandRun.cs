using System.CommandLine;
using Phala.Node.Host;
using Phala.Terminal;

namespace Phala.Tests.Node.Host;

/// <summary>The node's commands in this process, as a user types them.</summary>
internal static class CommandRun
{
    public static (int Code, string Output, string Error) Run(params string[] arguments) => Run(TextReader.Null, arguments);

    public static (int Code, string Output, string Error) Run(TextReader answers, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = CommandLine.RunAsync(RunCommand.Create(answers), arguments, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }
}
