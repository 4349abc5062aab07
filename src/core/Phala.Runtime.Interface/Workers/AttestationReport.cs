using Phala.Codec;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What a worker shows of its hardware and program.</summary>
[Scale("phala_types::AttestationReport")]
public abstract partial record AttestationReport
{
    private AttestationReport()
    {
    }

    /// <summary>Nobody vouches for it. Chains that are not for development refuse it.</summary>
    /// <param name="Measurement">What the worker says it runs.</param>
    /// <param name="ReportData">What it binds.</param>
    [Variant(64)]
    public sealed record InsecureDev(Measurement Measurement, ReportData ReportData) : AttestationReport;
}
