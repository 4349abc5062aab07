using Phala.Client.Clusters;
using Phala.Trie;

namespace Phala.Client.Contracts.Ink;

/// <summary>A contract that came into being, which the chain proves.</summary>
/// <param name="Id">Its id, which follows from the code that it was made of.</param>
/// <param name="CodeHash">The code that it runs now: its constructor may have given it other code.</param>
/// <param name="Answer">The verified answer that says which code it runs.</param>
public sealed record DeployedContract(Hash256 Id, Hash256 CodeHash, VerifiedAnswer Answer);
