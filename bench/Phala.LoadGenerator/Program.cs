using System.CommandLine;
using Phala.LoadGenerator;

RootCommand root = new("Loads a node and its parts and prints what they bear. Figures are of this machine, with the generator on the same cores.")
{
    TransferLoad.Command(),
    ImportLoad.Command(),
    RpcLoad.Command(),
    StartLoad.Command(),
    CommitLoad.Command(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
