using System.CommandLine;
using Phala.Node.Host;
using Phala.Terminal;

return await CommandLine.RunAsync(RunCommand.Create(Console.In), args, new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
