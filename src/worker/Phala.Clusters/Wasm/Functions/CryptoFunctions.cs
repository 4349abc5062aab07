using System.Security.Cryptography;
using Phala.Clusters.Execution;
using Phala.Crypto.Ethereum;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Wasm;

namespace Phala.Clusters.Wasm.Functions;

/// <summary>Hashes and signatures, computed by the host.</summary>
internal static class CryptoFunctions
{
    private const int HashLength = 32, ShortHashLength = 16, AddressLength = 20;

    private delegate void HashFunction(ReadOnlySpan<byte> message, Span<byte> digest);

    internal static void Register(HostAbi abi)
    {
        abi.Add("seal0", "hash_sha2_256", static (HostContext host, int input, int length, int output) => Hash(host, input, length, output, HashLength, Fuel.Sha256Byte, static (message, digest) => SHA256.HashData(message, digest)));
        abi.Add("seal0", "hash_keccak_256", static (HostContext host, int input, int length, int output) => Hash(host, input, length, output, HashLength, Fuel.Keccak256Byte, Keccak256.Hash));
        abi.Add("seal0", "hash_blake2_256", static (HostContext host, int input, int length, int output) => Hash(host, input, length, output, HashLength, Fuel.Blake2Byte, Blake2b.Hash256));
        abi.Add("seal0", "hash_blake2_128", static (HostContext host, int input, int length, int output) => Hash(host, input, length, output, ShortHashLength, Fuel.Blake2Byte, Blake2b.Hash128));
        abi.Add("seal0", "ecdsa_recover", EcdsaRecover);
        abi.Add("seal0", "ecdsa_to_eth_address", EcdsaToEthAddress);
        abi.Add("seal0", "sr25519_verify", Sr25519Verify);
    }

    private static void Hash(HostContext host, int input, int length, int output, int digestLength, ulong perByte, HashFunction function)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        ReadOnlySpan<byte> message = frame.Read(input, length);
        if (frame.Call.TrySpend(Fuel.HashCall + (perByte * (uint)length)) && message.Length == length)
        {
            Span<byte> digest = stackalloc byte[HashLength];
            function(message, digest[..digestLength]);
            frame.Write(output, digest[..digestLength]);
        }

        frame.Leave();
    }

    private static int EcdsaRecover(HostContext host, int signature, int hash, int output)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        ReadOnlySpan<byte> signed = frame.ReadExactly(signature, 65), message = frame.ReadExactly(hash, HashLength);
        if (!frame.Call.TrySpend(Fuel.EcdsaRecover) || EcdsaSecp256k1.Recover(message, signed, out Secp256k1PublicKey key) != EcdsaError.None) return frame.Leave(ReturnCode.EcdsaRecoveryFailed);
        Span<byte> compressed = stackalloc byte[Secp256k1PublicKey.CompressedLength];
        key.Encode(compressed);
        frame.Write(output, compressed);
        return frame.Leave(ReturnCode.Success);
    }

    private static int EcdsaToEthAddress(HostContext host, int key, int output)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        ReadOnlySpan<byte> compressed = frame.ReadExactly(key, 33);
        Span<byte> address = stackalloc byte[AddressLength];
        if (!frame.Call.TrySpend(Fuel.EthereumAddress) || Secp256k1PublicKey.TryDecode(compressed, out Secp256k1PublicKey read) != Secp256k1PublicKeyError.None) return frame.Leave(ReturnCode.EcdsaRecoveryFailed);
        EthereumAddress.Write(read, address);
        frame.Write(output, address);
        return frame.Leave(ReturnCode.Success);
    }

    private static int Sr25519Verify(HostContext host, int signature, int key, int length, int message)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        ReadOnlySpan<byte> signed = frame.ReadExactly(signature, 64), by = frame.ReadExactly(key, 32), bytes = frame.Read(message, length);
        bool isGood = frame.Call.TrySpend(Fuel.Sr25519Verify + (Fuel.Sr25519VerifyByte * (uint)length)) && bytes.Length == length && Sr25519.Verify(by, bytes, signed) == SignatureVerdict.Valid;
        return frame.Leave(isGood ? ReturnCode.Success : ReturnCode.Sr25519VerifyFailed);
    }
}
