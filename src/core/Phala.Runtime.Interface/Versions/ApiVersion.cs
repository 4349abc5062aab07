using Phala.Codec;

namespace Phala.Runtime.Interface.Versions;

/// <summary>A runtime API and the version of it that the runtime has.</summary>
/// <param name="Id">BLAKE2b-64 of the API's name.</param>
/// <param name="Version">The version.</param>
[Scale("", Unnamed = true)]
public readonly partial record struct ApiVersion(ApiId Id, uint Version);
