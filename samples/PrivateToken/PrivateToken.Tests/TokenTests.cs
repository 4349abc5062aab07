using Phala.Contracts.Testing;
using Xunit;

namespace PrivateToken.Tests;

public sealed class TokenTests
{
    [Fact]
    public void Tokens_move_and_none_is_lost() => TestCluster.InBothModes(net =>
    {
        Deployed<Token> token = net.Deploy(() => new Token(1000));
        Deployed<Token> owned = token.As(net.Owner);
        owned.Send(each => each.Transfer(net.Alice, 300, new byte[0]));
        token.As(net.Alice).Send(each => each.Transfer(net.Bob, 100, new byte[0]));
        token.As(net.Alice).Send(each => each.Transfer(net.Alice, 50, new byte[0]));
        Assert.Equal((700u, 200u, 100u), ((uint)owned.Query(each => each.BalanceOf(net.Owner)), (uint)Mine(token, net.Alice), (uint)Mine(token, net.Bob)));
        Assert.Equal(1000u, (uint)token.Query(each => each.TotalSupply()));
        Assert.Equal(TokenError.InsufficientBalance, Assert.Throws<ContractException>(() => token.As(net.Bob).Send(each => each.Transfer(net.Alice, 101, new byte[0]))).Error);
    });

    [Fact]
    public void Others_spend_what_they_were_allowed() => TestCluster.InBothModes(net =>
    {
        Deployed<Token> token = net.Deploy(() => new Token(1000)), owned = token.As(net.Owner);
        owned.Send(each => each.Approve(net.Bob, 150));
        token.As(net.Bob).Send(each => each.TransferFrom(net.Owner, net.Charlie, 100, new byte[0]));
        Assert.Equal(50u, (uint)token.As(net.Bob).Query(each => each.Allowance(net.Owner, net.Bob)));
        Assert.Equal(TokenError.InsufficientAllowance, Assert.Throws<ContractException>(() => token.As(net.Bob).Send(each => each.TransferFrom(net.Owner, net.Charlie, 51, new byte[0]))).Error);
        Assert.Equal(100u, (uint)Mine(token, net.Charlie));
    });

    [Fact]
    public void Balances_are_told_to_their_owners_and_to_whom_they_are_shown() => TestCluster.InBothModes(net =>
    {
        Deployed<Token> token = net.Deploy(() => new Token(1000)), owned = token.As(net.Owner), bob = token.As(net.Bob);
        Assert.Equal(TokenError.NotYours, Assert.Throws<ContractException>(() => bob.Query(each => each.BalanceOf(net.Owner))).Error);
        owned.Send(each => each.Show(net.Bob, true));
        Assert.Equal(1000u, (uint)bob.Query(each => each.BalanceOf(net.Owner)));
        owned.Send(each => each.Show(net.Bob, false));
        Assert.Equal(TokenError.NotYours, Assert.Throws<ContractException>(() => bob.Query(each => each.BalanceOf(net.Owner))).Error);
        Assert.Empty(net.Events);
    });

    [Fact]
    public void It_is_small() => Assert.InRange(new FileInfo(Path.ChangeExtension(typeof(Token).Assembly.Location, ".wasm")).Length, 1, 14 * 1024);

    private static UInt128 Mine(Deployed<Token> token, Phala.Contracts.AccountId account) => token.As(account).Query(each => each.BalanceOf(account));
}
