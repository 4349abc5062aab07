using System.CommandLine;
using Phala.LoadGenerator;
using Phala.LoadGenerator.Pipeline;

RootCommand root = new("Loads a node and its parts, or a whole network, and prints what they bear. Figures are of this machine, with the generator on the same cores.")
{
    TransferLoad.Command(),
    ImportLoad.Command(),
    RpcLoad.Command(),
    StartLoad.Command(),
    CommitLoad.Command(),
    CommandLoad.Command(),
    LatencyLoad.Command(),
    QueryLoad.Command(),
    DevLoad.Command(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
