using System.CommandLine;
using Phala.Node.Host;

return await RunCommand.Create(Console.In).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
