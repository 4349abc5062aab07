using System.CommandLine;
using Phala.Relayer.Host;
using Phala.Terminal;

return await CommandLine.RunAsync(RelayerCommand.Create(), args, new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
