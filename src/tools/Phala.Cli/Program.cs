using System.CommandLine;
using Phala.Cli;
using Phala.Terminal;

return await CommandLine.RunAsync(PhalaCommand.Create(), args, new InvocationConfiguration()).ConfigureAwait(false);
