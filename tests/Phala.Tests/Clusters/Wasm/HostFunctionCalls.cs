using Phala.Testing.Chain.Clusters;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>A call of each function of the host, as a contract would make it: what is in memory, and the arguments.</summary>
internal static class HostFunctionCalls
{
    private const int Key = 0x100, Value = 0x140, Zeros = 0x200, Account = 0x300, Code = 0x340, Data = 0x400, Salt = 0x440, Signature = 0x500, Point = 0x580, Out = ProbeScript.OutputAt, Length = Out - 4, Address = 0x9000, AddressLength = Address - 4;

    /// <summary>The arguments, by module and name.</summary>
    private static readonly Dictionary<(string Module, string Name), long[]> Arguments = new()
    {
        [("seal0", "set_storage")] = [Key, Value, 3], [("seal1", "set_storage")] = [Key, Value, 3], [("seal2", "set_storage")] = [Key, 5, Value, 3],
        [("seal0", "get_storage")] = [Key, Out, Length], [("seal1", "get_storage")] = [Key, 5, Out, Length],
        [("seal0", "contains_storage")] = [Key], [("seal1", "contains_storage")] = [Key, 5],
        [("seal0", "clear_storage")] = [Key], [("seal1", "clear_storage")] = [Key, 5], [("seal0", "take_storage")] = [Key, 5, Out, Length],
        [("seal0", "call")] = [Account, 32, 0, Zeros, 16, Data, 1, Out, Length], [("seal1", "call")] = [0, Account, 0, Zeros, Data, 1, Out, Length], [("seal2", "call")] = [0, Account, 0, 0, -1, Zeros, Data, 1, Out, Length],
        [("seal0", "delegate_call")] = [0, Code, Data, 1, Out, Length],
        [("seal0", "instantiate")] = [Code, 32, 0, Zeros, 16, Data, 1, Address, AddressLength, Out, Length, Salt, 4],
        [("seal1", "instantiate")] = [Code, 0, Zeros, Data, 1, Address, AddressLength, Out, Length, Salt, 4],
        [("seal2", "instantiate")] = [Code, 0, 0, -1, Zeros, Data, 1, Address, AddressLength, Out, Length, Salt, 4],
        [("seal0", "transfer")] = [Account, 32, Zeros, 16], [("seal0", "terminate")] = [Account, 32], [("seal1", "terminate")] = [Account], [("seal0", "set_code_hash")] = [Code],
        [("seal0", "weight_to_fee")] = [1_000_000, Out, Length], [("seal1", "weight_to_fee")] = [1_000_000, 0, Out, Length],
        [("seal0", "code_hash")] = [Account, Out, Length], [("seal0", "is_contract")] = [Account], [("seal0", "account_reentrance_count")] = [Account],
        [("seal0", "hash_sha2_256")] = [Data, 1, Out], [("seal0", "hash_keccak_256")] = [Data, 1, Out], [("seal0", "hash_blake2_256")] = [Data, 1, Out], [("seal0", "hash_blake2_128")] = [Data, 1, Out],
        [("seal0", "ecdsa_recover")] = [Signature, Key, Out], [("seal0", "ecdsa_to_eth_address")] = [Point, Out], [("seal0", "sr25519_verify")] = [Signature, Key, 1, Data],
        [("seal0", "seal_return")] = [0, Data, 1], [("seal0", "deposit_event")] = [0, 0, Data, 1], [("seal0", "debug_message")] = [Salt, 4], [("seal0", "call_runtime")] = [Data, 1],
        [("seal0", "xcm_execute")] = [Data, 1], [("seal0", "xcm_send")] = [Data, Data, 1, Out], [("seal0", "call_chain_extension")] = [12, Data, 0, Out, Length],
        [("seal0", "caller_is_origin")] = [], [("seal0", "caller_is_root")] = [], [("seal0", "reentrance_count")] = [], [("seal0", "instantiation_nonce")] = [],
        [("seal0", "lock_delegate_dependency")] = [Code],
    };

    /// <summary>A script that calls a function and shows the result, and what was written as its output.</summary>
    public static byte[] Script(string module, string name) => new ProbeScript()
        .Write(Key, ClusterWorld.Bytes("key")).Write(Value, 1, 2, 3).Write(Zeros, new byte[16]).Write(Account, ProbeWorld.Second.AsSpan()).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Data, 0).Write(Salt, 0x61, 0x62, 0x63, 0x64)
        .Write(Signature, new byte[65]).Write(Point, Convert.FromHexString("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")).Write(Length, BitConverter.GetBytes(name == "input" ? 4096 : 64)).Write(AddressLength, BitConverter.GetBytes(32))
        .Call(module, name, Arguments.TryGetValue((module, name), out long[]? known) ? known : [Out, Length])
        .Show(Length, 4 + 64).End();
}
