namespace PrivateToken;

/// <summary>A token whose balances are private: commands are sealed, storage is the workers' alone, and queries tell an account its own.</summary>
/// <remarks>Nothing is emitted when tokens move: events would be read by who must not know.</remarks>
[Contract]
public sealed partial class Token : Contract<TokenError>, IToken
{
    private partial Value<Balance> Supply { get; }

    private partial Map<AccountId, Balance> Balances { get; }

    private partial Map<(AccountId Owner, AccountId Spender), Balance> Allowances { get; }

    private partial Map<(AccountId Owner, AccountId Viewer), bool> Viewers { get; }

    /// <summary>Makes all of the tokens, and gives them to the caller.</summary>
    [Constructor]
    public Token(Balance supply)
    {
        Supply.Set(supply);
        Balances[Caller] = supply;
    }

    /// <inheritdoc/>
    public Balance TotalSupply() => Supply.Get();

    /// <inheritdoc/>
    public Balance BalanceOf(AccountId owner)
    {
        Require(owner == Caller || Viewers[(owner, Caller)], TokenError.NotYours);
        return Balances[owner];
    }

    /// <inheritdoc/>
    public Balance Allowance(AccountId owner, AccountId spender)
    {
        Require(owner == Caller || spender == Caller, TokenError.NotYours);
        return Allowances[(owner, spender)];
    }

    /// <summary>Shows the caller's balance to an account, or no more.</summary>
    [Command]
    public void Show(AccountId viewer, bool isShown)
    {
        if (isShown) Viewers[(Caller, viewer)] = true;
        else Viewers.Remove((Caller, viewer));
    }

    /// <inheritdoc/>
    public void Transfer(AccountId to, Balance value, byte[] data) => Move(Caller, to, value);

    /// <inheritdoc/>
    public void TransferFrom(AccountId from, AccountId to, Balance value, byte[] data)
    {
        AccountId spender = Caller;
        Balance allowed = Allowances[(from, spender)];
        Require(allowed >= value, TokenError.InsufficientAllowance);
        Allowances[(from, spender)] = allowed - value;
        Move(from, to, value);
    }

    /// <inheritdoc/>
    public void Approve(AccountId spender, Balance value) => Allowances[(Caller, spender)] = value;

    private void Move(AccountId from, AccountId to, Balance value)
    {
        Balance held = Balances[from];
        Require(held >= value, TokenError.InsufficientBalance);
        Balances[from] = held - value;
        Balances[to] += value;
    }
}
