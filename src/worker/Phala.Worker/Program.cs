using System.CommandLine;
using System.CommandLine.Invocation;
using Phala.Worker.Hardening;
using Phala.Worker.Host;

if (!Launcher.TryEnter(out string? problem)) return ExitCodes.Report(Console.Error, problem, ExitCodes.Failed);
ParseResult line = RunCommand.Create(Console.OpenStandardInput).Parse(args);
if (line.Action is ParseErrorAction wrong) wrong.ShowHelp = false;
int code = await line.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
return line.Errors.Count > 0 ? ExitCodes.BadUsage : code;
