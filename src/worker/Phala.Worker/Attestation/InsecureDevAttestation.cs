using Phala.Runtime.Interface.Workers;

namespace Phala.Worker.Attestation;

/// <summary>Nothing vouches: the worker says of itself what it runs. Chains that are not for development refuse it.</summary>
/// <param name="measurement">What it says.</param>
public sealed class InsecureDevAttestation(in Measurement measurement) : IAttestationProvider
{
    /// <inheritdoc/>
    public string Description => "none (development)";

    /// <inheritdoc/>
    public bool IsInsecure => true;

    /// <inheritdoc/>
    public Measurement Measurement { get; } = measurement;

    /// <inheritdoc/>
    public AttestationReport Attest(in ReportData data) => new AttestationReport.InsecureDev(Measurement, data);
}
