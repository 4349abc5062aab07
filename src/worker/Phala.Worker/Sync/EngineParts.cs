using Microsoft.Extensions.Logging;
using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Worker.Attestation;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Keys;
using Phala.Worker.Persistence;

namespace Phala.Worker.Sync;

/// <summary>What the engine works with: who the worker is, and where what it knows is kept.</summary>
internal sealed class EngineParts
{
    /// <summary>Who the worker is.</summary>
    public required WorkerIdentity Identity { get; init; }

    /// <summary>This boot's session.</summary>
    public required BootSession Session { get; init; }

    /// <summary>What a gatekeeper knows.</summary>
    public required GatekeeperKeys GatekeeperKeys { get; init; }

    /// <summary>What vouches.</summary>
    public required IAttestationProvider Attestation { get; init; }

    /// <summary>Where the worker is to be found.</summary>
    public required EndpointBook Endpoints { get; init; }

    /// <summary>Where what it knows is written.</summary>
    public required StateWriter Writer { get; init; }

    /// <summary>The log.</summary>
    public required ILogger Log { get; init; }

    /// <summary>The program's version as the chain has it.</summary>
    public static uint Version { get; } = VersionOf(typeof(EngineParts).Assembly.GetName().Version!);

    /// <summary>Writes a record.</summary>
    public void Keep(WorkerRecord record) => Writer.Append(Scale.Encode(record));

    /// <summary>What the worker says of itself when it is registered.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="head">The newest block that is final.</param>
    public Registration Register(in Hash256 genesis, in BlockId head)
    {
        WorkerRegistrationInfoV2 info = new(
            Version, default, Identity.PublicKey, Identity.PublicKey, genesis, [(uint)Environment.ProcessorCount, 1u], Identity.Operator, 0, 0, head);
        return new Registration(info, new Option<AttestationReport>(Attestation.Attest(info.ReportData())));
    }

    /// <summary>Whether the worker has to be registered: it is not, or by another version, or so long ago that it will end.</summary>
    public bool NeedsRegistration(bool isRegistered, WorkerInfoV2? registration, ulong viewTime)
    {
        if (!isRegistered) return true;
        if (registration is null) return false;
        bool isOtherOperator = Identity.Operator.TryGet(out AccountId wanted) && !(registration.Operator.TryGet(out AccountId known) && known == wanted);
        return registration.RuntimeVersion != Version || isOtherOperator || viewTime / 1000 > registration.LastUpdated + (PhalaRegistry.RegistrationLength / 2);
    }

    private static uint VersionOf(Version version) => ((uint)version.Major << 16) | ((uint)version.Minor << 8) | (uint)Math.Max(0, version.Build);
}
