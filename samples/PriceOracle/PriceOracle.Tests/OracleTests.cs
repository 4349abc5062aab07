using System.Text;
using Phala.Contracts.Queries;
using Phala.Contracts.Testing;
using Xunit;

namespace PriceOracle.Tests;

public sealed class OracleTests
{
    private static QueryContext Context => Deployed<Oracle>.Context;

    [Fact]
    public void The_median_of_the_sources_is_signed() => TestCluster.InBothModes(net =>
    {
        Deployed<Oracle> oracle = Oracle(net);
        SignedPrice price = oracle.Query(each => each.Price(Context, "DOT"));
        Assert.Equal((4_570_000u, 3u), ((uint)price.Price, price.Sources));
        Assert.Equal($$"""{"symbol":"DOT","price":4570000,"time":{{net.Now}}}""", Encoding.UTF8.GetString(price.Statement));
        Assert.Equal(32, oracle.Query(each => each.PublicKey(Context)).Length);
        Assert.Equal(64, price.Signature.Length);
    });

    [Fact]
    public void Sources_that_fail_are_left_out_until_too_few_are_left() => TestCluster.InBothModes(net =>
    {
        Deployed<Oracle> oracle = Oracle(net);
        SignedPrice price = oracle.Query(each => each.Price(Context, "KSM"));
        Assert.Equal((20_500_000u, 2u), ((uint)price.Price, price.Sources));
        Assert.Equal(OracleError.TooFewAnswers, Assert.Throws<ContractException>(() => oracle.Query(each => each.Price(Context, "PHA"))).Error);
    });

    [Fact]
    public void Only_the_owner_adds_sources() => TestCluster.InBothModes(net =>
    {
        Deployed<Oracle> oracle = Oracle(net);
        Assert.Equal(OracleError.NotTheOwner, Assert.Throws<ContractException>(() => oracle.As(net.Bob).Send(each => each.AddSource("https://evil.test", "price"))).Error);
        for (int count = 3; count < 5; count++) Owned(oracle, net).Send(each => each.AddSource("https://more.test", "price"));
        Assert.Equal(OracleError.TooManySources, Assert.Throws<ContractException>(() => Owned(oracle, net).Send(each => each.AddSource("https://more.test", "price"))).Error);
    });

    private static Deployed<Oracle> Owned(Deployed<Oracle> oracle, TestCluster net) => oracle.As(net.Owner);

    private static Deployed<Oracle> Oracle(TestCluster net)
    {
        net.Http = static request => request.Url switch
        {
            "https://one.test/DOT" => TestResponse.Ok("""{"data": {"price": "4.57"}}"""),
            "https://two.test/?of=DOT" => TestResponse.Ok("""{"price": 4.6000009}"""),
            "https://three.test/DOT" => TestResponse.Ok("""{"quote": {"usd": {"first": [1, 2], "last": 4.2}}}"""),
            "https://one.test/KSM" => TestResponse.Ok("""{"data": {"price": "20"}}"""),
            "https://two.test/?of=KSM" => TestResponse.Ok("""{"price": 21}"""),
            "https://two.test/?of=PHA" => TestResponse.Ok("""{"price": 0.1}"""),
            _ => new TestResponse(500, "no"),
        };
        Deployed<Oracle> oracle = net.Deploy(() => new Oracle());
        Owned(oracle, net).Send(each => each.AddSource("https://one.test/{symbol}", "data.price"));
        Owned(oracle, net).Send(each => each.AddSource("https://two.test/?of={symbol}", "price"));
        Owned(oracle, net).Send(each => each.AddSource("https://three.test/{symbol}", "quote.usd.last"));
        return oracle;
    }
}
