using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Streams;

namespace Phala.Worker.Sync;

/// <summary>What the chain has of this boot's session, as far as the worker knows.</summary>
/// <remarks><b>Invariant.</b> Once the chain had this session and then has another, this one never counts again: a newer start of the worker, or a clone, has taken over.</remarks>
internal sealed class SessionState(Sr25519PublicKey identity, Sr25519PublicKey session)
{
    /// <summary>Whether the chain had this session.</summary>
    public bool WasRecorded { get; private set; }

    /// <summary>Whether another one has taken its place.</summary>
    public bool IsSuperseded { get; private set; }

    /// <summary>The session that is recorded; null where none is known.</summary>
    public SessionRecord? Recorded { get; private set; }

    /// <summary>The record, where it is of this session.</summary>
    public SessionRecord? Own => Recorded is { } record && record.SigningKey == session ? record : null;

    /// <summary>Looks at what the queue and proven facts say. The later of them counts.</summary>
    public void Update(SystemState system, LocalFacts facts)
    {
        SessionRecord? told = system.SessionOf(identity);
        Recorded = facts.IsKnown && facts.At.Number >= system.Cursor.Block ? facts.Session : told ?? facts.Session;
        bool isOwn = Own is not null || told?.SigningKey == session;
        WasRecorded |= isOwn;
        if (WasRecorded && Recorded is not null && Own is null) IsSuperseded = true;
    }

    /// <summary>The number of the last block in which the session counts; 0 where it does not.</summary>
    public uint LeaseEnd => IsSuperseded ? 0 : Own?.LeaseEnd ?? 0;

    /// <summary>Whether a claim should be submitted: none is recorded, or a third of the lease is over.</summary>
    public bool NeedsClaim(uint head) => !IsSuperseded && (Own is not { } own || head + (2 * PhalaRegistry.LeaseLength / 3) > own.LeaseEnd);
}
