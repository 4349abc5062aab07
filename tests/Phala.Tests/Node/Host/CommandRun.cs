using System.CommandLine;
using Phala.Node.Host;

namespace Phala.Tests.Node.Host;

/// <summary>The node's commands in this process, as a user types them.</summary>
internal static class CommandRun
{
    public static (int Code, string Output, string Error) Run(params string[] arguments) => Run(TextReader.Null, arguments);

    public static (int Code, string Output, string Error) Run(TextReader answers, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = RunCommand.Create(answers).Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
