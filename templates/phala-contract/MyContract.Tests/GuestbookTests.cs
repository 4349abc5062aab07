using Phala.Contracts.Testing;
using Xunit;

namespace MyContract.Tests;

public sealed class GuestbookTests
{
    [Fact]
    public void The_owner_reads_what_others_wrote() => TestCluster.InBothModes(net =>
    {
        Deployed<Guestbook> book = net.Deploy(() => new Guestbook());
        book.As(net.Alice).Send(each => each.Write("Hello!"));
        book.As(net.Bob).Send(each => each.Write("Good day."));
        Assert.Equal(2, book.Query(each => each.Count()));
        Assert.Equal("Hello!", book.As(net.Owner).Query(each => each.Read(0)).Text);
        Assert.Equal(net.Bob, book.As(net.Owner).Query(each => each.Read(1)).By);
        Assert.Equal(2, net.Events.Count);
    });

    [Fact]
    public void Nobody_else_does() => TestCluster.InBothModes(net =>
    {
        Deployed<Guestbook> book = net.Deploy(() => new Guestbook());
        book.As(net.Alice).Send(each => each.Write("Hello!"));
        ContractException refused = Assert.Throws<ContractException>(() => book.As(net.Alice).Query(each => each.Read(0)));
        Assert.Equal(GuestbookError.NotYours, refused.Error);
    });
}
