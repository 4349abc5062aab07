using System.Text;
using Phala.Worker.Interface.Prpc.Messages;

namespace Phala.Fuzz.Targets.Worker;

/// <summary>Messages with something in every kind of field.</summary>
internal static class ProtoSamples
{
    public static byte[] Info { get; } = PhactoryInfo.Schema.Encode(InfoMessage());

    public static byte[] InfoJson { get; } = PhactoryInfo.Schema.EncodeJson(InfoMessage());

    public static byte[] Statistics { get; } = StatisticsResponse.Schema.Encode(new StatisticsResponse
    {
        Uptime = 5,
        Query = new QueryStats { Global = new QueryCounters { Total = 7, Time = 300 }, ByContract = { ["0xaa"] = new QueryCounters { Total = 4 }, ["0xbb"] = new QueryCounters { Dropped = 3 } } },
    });

    /// <summary>So many certificates, each signed by the next.</summary>
    public static byte[] Certificate(int depth)
    {
        Certificate certificate = new() { EncodedBody = [1, 2, 3] };
        for (int at = 1; at < depth; at++) certificate = new Certificate { EncodedBody = [(byte)at], Signature = new Signature { SignedBy = certificate, SignatureType = SignatureType.Sr25519, SignatureValue = [9] } };
        return Phala.Worker.Interface.Prpc.Messages.Certificate.Schema.Encode(certificate);
    }

    private static PhactoryInfo InfoMessage() => new()
    {
        Initialized = true,
        GenesisBlockHash = new string('a', 64),
        PublicKey = Encoding.UTF8.GetString("ключ"u8),
        Headernum = 1_000_000,
        PendingMessages = 1ul << 40,
        Gatekeeper = new GatekeeperStatus { Role = GatekeeperRole.Active, MasterPublicKey = "ab" },
        MemoryUsage = new MemoryUsage { RustUsed = 12345678 },
        SupportedAttestationMethods = { "one", "two" },
        Attestation = "none (development)",
    };
}
