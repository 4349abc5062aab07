using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What happens to workers.</summary>
[Scale("phala_types::messaging::SystemEvent")]
public abstract partial record SystemEvent
{
    private SystemEvent()
    {
    }

    /// <summary>Something happened to one worker.</summary>
    /// <param name="Pubkey">Its identity.</param>
    /// <param name="Event">What.</param>
    [Variant(0)]
    public sealed record WorkerEvent(Sr25519PublicKey Pubkey, Messages.WorkerEvent Event) : SystemEvent;

    /// <summary>A worker's session was recorded, or its lease renewed. Secrets may be wrapped to it.</summary>
    /// <param name="Identity">The worker.</param>
    /// <param name="Session">The session.</param>
    [Variant(64)]
    public sealed record SessionRecorded(Sr25519PublicKey Identity, SessionRecord Session) : SystemEvent;

    /// <summary>A program may be a worker no more. Its sessions count no more, and no secret is wrapped to them.</summary>
    /// <param name="Program">Its measurement.</param>
    [Variant(65)]
    public sealed record ProgramRemoved(Measurement Program) : SystemEvent;
}
