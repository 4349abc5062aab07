using Phala.Codec;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What happens to one worker.</summary>
[Scale("phala_types::messaging::WorkerEvent")]
public abstract partial record WorkerEvent
{
    private WorkerEvent()
    {
    }

    /// <summary>It was registered, for the first time or again.</summary>
    /// <param name="ConfidenceLevel">How its attestation was graded; 128 where there is none.</param>
    [Variant(0)]
    public sealed record Registered(byte ConfidenceLevel) : WorkerEvent;
}
