using Phala.Codec;

namespace Phala.Runtime.Interface.Versions;

/// <summary>Which rules the chain follows. Clients fetch metadata again when the spec version changes, and signatures cover both versions.</summary>
/// <param name="SpecName">The name of the rules.</param>
/// <param name="ImplName">The name of the program.</param>
/// <param name="AuthoringVersion">The version of block authorship.</param>
/// <param name="SpecVersion">The version of the rules: grows with every change of them.</param>
/// <param name="ImplVersion">The version of the program.</param>
/// <param name="Apis">The runtime APIs and their versions.</param>
/// <param name="TransactionVersion">Grows when indices or arguments of existing calls change.</param>
/// <param name="SystemVersion">The version of the state's trie: 1.</param>
[Scale("sp_version::RuntimeVersion")]
public sealed partial record RuntimeVersion(
    string SpecName,
    string ImplName,
    uint AuthoringVersion,
    uint SpecVersion,
    uint ImplVersion,
    ApiVersions Apis,
    uint TransactionVersion,
    byte SystemVersion);
