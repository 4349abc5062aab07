using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>What the chain knows of an account: 80 bytes. An account without tokens does not exist.</summary>
/// <param name="Nonce">How many transactions it has signed.</param>
/// <param name="Consumers">What needs the account to exist.</param>
/// <param name="Providers">What makes the account exist.</param>
/// <param name="Sufficients">What makes it exist without tokens.</param>
/// <param name="Data">The tokens.</param>
[Scale("frame_system::AccountInfo")]
public readonly partial record struct AccountInfo(uint Nonce, uint Consumers, uint Providers, uint Sufficients, AccountData Data)
{
    /// <summary>What is assumed of an account that does not exist.</summary>
    public static AccountInfo Missing => new(0, 0, 0, 0, AccountData.Empty);
}
