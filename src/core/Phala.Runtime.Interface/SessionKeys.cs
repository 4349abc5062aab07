using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>The keys that a validator works with.</summary>
/// <param name="Aura">For authoring blocks.</param>
/// <param name="Grandpa">For making them final.</param>
[Scale("phala_runtime::SessionKeys")]
public readonly partial record struct SessionKeys(AuraAuthorityId Aura, GrandpaAuthorityId Grandpa);
