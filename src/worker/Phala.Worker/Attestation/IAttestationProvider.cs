using Phala.Runtime.Interface.Workers;

namespace Phala.Worker.Attestation;

/// <summary>What vouches for hardware and program.</summary>
public interface IAttestationProvider
{
    /// <summary>What it is, in words for people: they see it wherever the worker is shown.</summary>
    string Description { get; }

    /// <summary>Whether it proves nothing.</summary>
    bool IsInsecure { get; }

    /// <summary>What the worker runs.</summary>
    Measurement Measurement { get; }

    /// <summary>A report that binds 64 bytes.</summary>
    AttestationReport Attest(in ReportData data);
}
