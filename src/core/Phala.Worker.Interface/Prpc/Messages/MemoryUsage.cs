using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Memory in bytes.</summary>
public sealed class MemoryUsage : IProtoMessage<MemoryUsage>
{
    /// <summary>The managed heap. The names are those of Phala's workers.</summary>
    public ulong RustUsed { get; set; }

    /// <summary>The most that it was at a collection.</summary>
    public ulong RustPeakUsed { get; set; }

    /// <summary>The most that the process had.</summary>
    public ulong TotalPeakUsed { get; set; }

    /// <summary>What is left to it.</summary>
    public ulong Free { get; set; }

    /// <summary>0.</summary>
    public ulong RustSpike { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<MemoryUsage> Schema { get; } = new ProtoSchema<MemoryUsage>()
        .Field(1, "rust_used", ProtoKinds.UInt64, message => message.RustUsed, (message, value) => message.RustUsed = value)
        .Field(2, "rust_peak_used", ProtoKinds.UInt64, message => message.RustPeakUsed, (message, value) => message.RustPeakUsed = value)
        .Field(3, "total_peak_used", ProtoKinds.UInt64, message => message.TotalPeakUsed, (message, value) => message.TotalPeakUsed = value)
        .Field(4, "free", ProtoKinds.UInt64, message => message.Free, (message, value) => message.Free = value)
        .Field(5, "rust_spike", ProtoKinds.UInt64, message => message.RustSpike, (message, value) => message.RustSpike = value);
}
