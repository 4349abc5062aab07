using System.Reflection;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Chain.Forks;
using Phala.Chain.Grandpa;
using Phala.Clusters.Native;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Fuzz;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Testing;
using Phala.Trie;
using Phala.Trie.Nodes;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;
using ClusterSnapshotError = Phala.Clusters.Snapshots.SnapshotError;

namespace Phala.Tests.Frame;

/// <summary>Every case of every closed error enum is one that hostile input must cause, or is excepted here with the reason.</summary>
public sealed class ErrorCoverageTests
{
    private static readonly string[] Successes = ["None", "Valid", "Verified"];

    /// <summary>Which targets meet which enum; a name that ends with a hyphen stands for all that begin so.</summary>
    private static readonly Dictionary<Type, string[]> Targets = new()
    {
        [typeof(ScaleError)] = ["scale-"],
        [typeof(HexError)] = ["hex"],
        [typeof(Base58Error)] = ["base58"],
        [typeof(Ss58Error)] = ["ss58"],
        [typeof(MnemonicError)] = ["mnemonic"],
        [typeof(SecretUriError)] = ["secret-uri"],
        [typeof(SignatureVerdict)] = ["sr25519-verify", "sr25519-batch", "ed25519-"],
        [typeof(VrfVerdict)] = ["sr25519-vrf"],
        [typeof(EcdsaError)] = ["ecdsa-secp256k1", "substrate-ecdsa"],
        [typeof(Secp256k1PublicKeyError)] = ["secp256k1-public-key"],
        [typeof(HpkeError)] = ["hpke-open", "hpke-open-authenticated"],
        [typeof(NodeError)] = ["trie-node"],
        [typeof(ProofError)] = ["trie-proof", "trie-proof-encoding"],
        [typeof(DeltaError)] = ["state-delta"],
        [typeof(MultiSignatureError)] = ["multi-signature"],
        [typeof(ExtrinsicError)] = ["extrinsic"],
        [typeof(AuraError)] = ["aura-seal"],
        [typeof(AuthoritySetError)] = ["authority-set"],
        [typeof(JustificationError)] = ["grandpa-justification"],
        [typeof(GrandpaDigestError)] = ["grandpa-digest"],
        [typeof(AdvanceError)] = ["finalized-head"],
        [typeof(WarpSyncError)] = ["warp-sync"],
        [typeof(FinalityProofError)] = ["finality-proof"],
        [typeof(ForkTreeError)] = ["fork-tree"],
        [typeof(ProtoError)] = ["proto-"],
        [typeof(EnvelopeError)] = ["command-envelope"],
        [typeof(AnswerVerdict)] = ["query-answer"],
        [typeof(ReceiptFileError)] = ["receipt-file"],
        [typeof(ReceiptVerdict)] = ["receipt-file"],
        [typeof(ClusterSnapshotError)] = ["cluster-snapshot"],
        [typeof(VaultError)] = ["contract-call"],
        [typeof(SystemError)] = ["contract-call"],
        [typeof(StartError)] = ["light-start"],
        [typeof(FollowError)] = ["light-advance"],
        [typeof(RestoreError)] = ["light-restore"],
        [typeof(EvidenceError)] = ["light-evidence"],
        [typeof(ConflictError)] = ["light-conflict"],
        [typeof(EntryError)] = ["light-entries"],
        [typeof(WaypointError)] = ["light-waypoints"],
    };

    private static readonly Dictionary<Enum, string> Exceptions = new()
    {
        [HpkeError.MessageLimitReached] = "comes after as many messages as a sequence number can count; HpkeTests set the number",
        [EnvelopeError.TooLong] = "is decided by the length alone; EnvelopeTests come with lengths at the limit",
        [ReceiptFileError.TooLong] = "is decided by the length alone; ReceiptVerifierTests come with a file of that length",
        [SystemError.DriverNotFound] = "is a number that clients know; nothing of this program's messages gives it",
        [FollowError.TooLarge] = "is for requests of more than 64 MiB; FollowErrorTests send one",
    };

    public static TheoryData<string> Enums => new(Closed().Select(type => type.FullName!));

    [Theory]
    [MemberData(nameof(Enums))]
    public void HostileInputMustCauseEveryCase(string name)
    {
        Type closed = Closed().Single(type => type.FullName == name);
        Assert.True(Targets.TryGetValue(closed, out string[]? prefixes), $"no fuzz target meets {name}");
        FuzzTarget[] targets = [.. FuzzTargets.All.Where(target => prefixes.Any(prefix => prefix.EndsWith('-') ? target.Name.StartsWith(prefix, StringComparison.Ordinal) : target.Name == prefix))];
        HashSet<string> caused = [.. targets.SelectMany(target => target.Errors)];
        Findings.None(Enum.GetValues(closed).Cast<Enum>()
            .Where(value => !Successes.Contains(value.ToString()) && !Exceptions.ContainsKey(value) && !caused.Contains(value.ToString()))
            .Select(value => $"{name}.{value} is in no target's list of errors"));
    }

    [Fact]
    public void EveryExceptionIsStillNeeded()
    {
        Assert.All(Exceptions, exception => Assert.True(exception.Value.Length > 20, $"{exception.Key} is excepted without a reason"));
        Assert.All(Exceptions.Keys, value => Assert.DoesNotContain(
            FuzzTargets.All.Where(target => Targets[value.GetType()].Contains(target.Name)), target => target.Errors.Contains(value.ToString())));
    }

    private static IEnumerable<Type> Closed() =>
        ((Assembly[])[typeof(ScaleError).Assembly, typeof(HpkeError).Assembly, typeof(MerkleTrie).Assembly, typeof(BlockId).Assembly, typeof(FollowError).Assembly, typeof(EnvelopeError).Assembly, typeof(SystemError).Assembly])
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.IsEnum && (type.Name.EndsWith("Error", StringComparison.Ordinal) || type.Name.EndsWith("Verdict", StringComparison.Ordinal)));
}
