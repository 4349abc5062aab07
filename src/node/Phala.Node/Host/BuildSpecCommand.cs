using System.CommandLine;
using Phala.Node.ChainSpecs;
using Phala.Node.Network;
using Phala.Runtime;
using Phala.Runtime.Genesis;

namespace Phala.Node.Host;

/// <summary><c>phala-node build-spec</c></summary>
internal static class BuildSpecCommand
{
    public static Command Create()
    {
        Option<string> chain = new("--chain") { Description = "A built-in chain (dev, local), or a file with a chain specification.", DefaultValueFactory = _ => "dev" };
        Option<bool> raw = new("--raw") { Description = "Write every entry of the first state, as other programs read it, instead of what it is made of." };
        Option<string[]> bootNodes = new("--bootnodes") { Description = "Addresses of nodes to begin with, such as /ip4/192.0.2.1/tcp/30333/ws/p2p/12D3KooW….", AllowMultipleArgumentsPerToken = true };
        bootNodes.Validators.Add(result =>
        {
            foreach (string address in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (!NetworkOptions.IsBootNode(address)) result.AddError($"{address} is no multiaddress that ends with /p2p/ and a peer's identity.");
            }
        });
        Command command = new("build-spec", "Writes a chain specification to standard output.") { chain, raw, bootNodes };
        command.SetAction(line => Run(line.GetValue(chain)!, line.GetValue(raw), line.GetValue(bootNodes) ?? [], line.InvocationConfiguration));
        return command;
    }

    private static int Run(string chain, bool raw, string[] bootNodes, InvocationConfiguration console)
    {
        PhalaRuntime runtime = new();
        if (BuiltInChain.Names.Contains(chain) && !raw)
        {
            GenesisConfig config = BuiltInChain.Genesis(chain, slotDuration: null);
            console.Output.WriteLine(ChainSpecWriter.WritePlain(BuiltInChain.Spec(chain, config, runtime.LightCode).With(bootNodes), config));
            return 0;
        }

        if (!new ChainOpening(runtime.LightCode).TryReadSpec(new Options.NodeOptions { Chain = chain, BasePath = "" }, out ChainSpec? spec, out string? problem))
        {
            console.Error.WriteLine($"error: {problem}");
            return 1;
        }

        console.Output.WriteLine(ChainSpecWriter.WriteRaw(spec.With(bootNodes)));
        return 0;
    }
}
