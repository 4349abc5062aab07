using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Benchmarks.Clusters;

/// <summary>What functions of the host take beside what they are charged: 10¹² of gas are meant to be a second of the reference machine, at least.</summary>
internal static class GasFigures
{
    private const int Runs = 5;
    private const ulong Gas = 2_000_000_000_000;

    public static void Print(ClusterWorld world, Hash256 contract)
    {
        ClusterView view = world.View();
        (byte[] sr25519, byte[] ecdsa, byte[] key) = Signatures();
        (string Name, byte What, int Count, int Length, byte[] Data)[] rows =
        [
            ("a look: caller", 1, 10_000, 0, []),
            ("reading 32 bytes", 2, 10_000, 32, []), ("reading 64 KiB", 2, 500, 65_536, []), ("a key that is not there", 3, 10_000, 0, []),
            ("writing 32 bytes over others", 4, 10_000, 32, []), ("writing 64 KiB over others", 4, 500, 65_536, []), ("writing 32 bytes to a new key", 5, 10_000, 32, []),
            ("SHA-256 of 32 bytes", 6, 10_000, 32, []), ("SHA-256 of 64 KiB", 6, 500, 65_536, []), ("Keccak-256 of 32 bytes", 7, 10_000, 32, []), ("Keccak-256 of 64 KiB", 7, 500, 65_536, []),
            ("BLAKE2b-256 of 32 bytes", 8, 10_000, 32, []), ("BLAKE2b-256 of 64 KiB", 8, 500, 65_536, []),
            ("sr25519 verification", 9, 1_000, 0, sr25519), ("ECDSA recovery", 10, 1_000, 0, ecdsa), ("Ethereum address of a key", 11, 1_000, 0, key),
            ("a transfer to itself", 12, 10_000, 0, []), ("a call that returns at once", 13, 2_000, 0, []), ("an event of 32 bytes", 14, 10_000, 32, []), ("an event of 64 KiB", 14, 200, 65_536, []), ("debug text of 32 bytes", 15, 2_000, 32, []),
        ];
        Console.WriteLine("| what | charged, 10³ gas | taken, ns | taken of charged |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach ((string name, byte what, int count, int length, byte[] data) in rows)
        {
            (double gas, double time) = Measure(view, contract, Input(what, count, length, data));
            (double idleGas, double idleTime) = Measure(view, contract, Input(0, count, length, data));
            double charged = (gas - idleGas) / count / 1000, taken = (time - idleTime) / count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {charged:F1} | {taken:F0} | {taken / charged:P0} |"));
        }
    }

    /// <summary>The least of several runs.</summary>
    private static (double Gas, double Nanoseconds) Measure(ClusterView view, in Hash256 contract, byte[] input)
    {
        (double gas, double time) = (0, double.MaxValue);
        InkQueryData query = new InkQueryData.InkMessage(Vec.Create<byte>(input), 0, 0, false);
        for (int run = 0; run < Runs; run++)
        {
            long begin = Stopwatch.GetTimestamp();
            QueryRun result = view.Query(contract, query, ClusterWorld.Account("alice"), Gas);
            time = Math.Min(time, Stopwatch.GetElapsedTime(begin).TotalNanoseconds);
            gas = result.Gas;
            if (!Scale.Decode<ContractExecResult>(((QueryOutcome.Returned)result.Outcome).Data.AsSpan()).Value!.Result.TryGet(out _, out _)) throw new InvalidOperationException("The contract could not go on.");
        }

        return (gas, time);
    }

    private static byte[] Input(byte what, int count, int length, byte[] data)
    {
        byte[] input = [what, .. new byte[8], .. data];
        BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(1), count);
        BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(5), length);
        return input;
    }

    private static (byte[] Sr25519, byte[] Ecdsa, byte[] Key) Signatures()
    {
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("seed"));
        byte[] signature = new byte[Sr25519.SignatureLength], hash = ClusterWorld.Bytes("message"), recoverable = new byte[65], key = new byte[33];
        pair.Sign([], new byte[32], signature);
        EcdsaSecp256k1.TrySign(ClusterWorld.Bytes("seed"), hash, recoverable);
        EcdsaSecp256k1.TryDerivePublicKey(ClusterWorld.Bytes("seed"), out Secp256k1PublicKey whole);
        whole.Encode(key);
        return ([.. pair.PublicKey, .. signature], [.. recoverable, .. hash], key);
    }
}
