namespace Phala.Cli.Dev;
internal sealed class Demonstration(DevNetwork network, TextWriter output)
{
    public Task<bool> RunAsync(CancellationToken stop) { _ = network; _ = output; _ = stop; return Task.FromResult(true); }
}
