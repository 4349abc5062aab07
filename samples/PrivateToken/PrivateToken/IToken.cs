namespace PrivateToken;

/// <summary>A fungible token, in the messages of PSP22: what other contracts call.</summary>
[ContractInterface("PSP22", Error = typeof(TokenError))]
public partial interface IToken
{
    /// <summary>How much there is of it.</summary>
    [Query("total_supply")]
    Balance TotalSupply();

    /// <summary>What an account has. Nobody but the account, and who it shows its balance to, is told.</summary>
    [Query("balance_of", Fails = true)]
    Balance BalanceOf(AccountId owner);

    /// <summary>How much of an account's tokens another may spend. Only those two are told.</summary>
    [Query("allowance", Fails = true)]
    Balance Allowance(AccountId owner, AccountId spender);

    /// <summary>Gives tokens of the caller to an account.</summary>
    [Command("transfer")]
    void Transfer(AccountId to, Balance value, byte[] data);

    /// <summary>Gives tokens of an account to another, which the caller was allowed to.</summary>
    [Command("transfer_from")]
    void TransferFrom(AccountId from, AccountId to, Balance value, byte[] data);

    /// <summary>Lets an account spend tokens of the caller.</summary>
    [Command("approve")]
    void Approve(AccountId spender, Balance value);
}
