using Phala.Codec;

namespace Phala.Clusters.Native;

/// <summary>Why a driver did not do what the chain asked.</summary>
[Scale("system::DriverError")]
public abstract partial record DriverError
{
    private DriverError()
    {
    }

    /// <summary>Something else.</summary>
    /// <param name="Reason">What.</param>
    [Variant(0, Unnamed = true)]
    public sealed record Other(string Reason) : DriverError;

    /// <summary>The system contract's error.</summary>
    /// <param name="Error">It.</param>
    [Variant(1, Unnamed = true)]
    public sealed record SystemFailure(SystemError Error) : DriverError;

    /// <summary>Only the chain may ask.</summary>
    [Variant(2)]
    public sealed record BadOrigin : DriverError;
}
