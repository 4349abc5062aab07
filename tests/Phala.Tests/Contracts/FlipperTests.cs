using Phala.Contracts.Testing;
using Phala.Testing.Flipper;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>The smallest contract, both ways.</summary>
public sealed class FlipperTests(ITestOutputHelper output)
{
    private const int MostBytes = 4096;

    [Fact]
    public void It_does_the_same_on_NET_and_compiled() => TestCluster.InBothModes(net =>
    {
        Deployed<Flipper> flipper = net.Deploy(() => new Flipper(true));
        Assert.True(flipper.Query(each => each.Get()));
        flipper.Send(each => each.Flip());
        Assert.False(flipper.Query(each => each.Get()));
        Assert.Equal([new StoredEntry("3dbdff7f", "00")], flipper.Storage);
        Assert.Equal("This takes no tokens.", Assert.Throws<ContractException>(() => flipper.With(1).Send(each => each.Flip())).Reason);
    });

    [Fact]
    public void What_differs_between_the_modes_is_reported()
    {
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => TestCluster.InBothModes(net =>
        {
            Deployed<Flipper> flipper = net.Deploy(() => new Flipper(true));
            if (net.Mode == TestMode.Wasm) flipper.Send(each => each.Flip());
        }));
        Assert.StartsWith("The contract does something else when it is compiled.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_small()
    {
        long size = new FileInfo(Path.ChangeExtension(typeof(Flipper).Assembly.Location, ".wasm")).Length;
        output.WriteLine($"{size} bytes");
        Assert.InRange(size, 1, MostBytes);
    }
}
