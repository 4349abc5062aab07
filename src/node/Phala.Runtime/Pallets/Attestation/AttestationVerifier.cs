using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Workers;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Attestation;

/// <summary>Says what vouches for a worker's program, and whether the chain admits that program. A new kind of attestation is a case here.</summary>
internal static class AttestationVerifier
{
    /// <summary>Nothing vouches for the worker.</summary>
    public const byte NoConfidence = 128;

    /// <summary>Verifies an attestation. Any gives an answer.</summary>
    /// <param name="state">The state: what the chain admits is in it.</param>
    /// <param name="report">The attestation.</param>
    /// <param name="verified">What it says.</param>
    /// <returns>The error, if there is one.</returns>
    public static PhalaRegistry.Error? Verify(TrieOverlay state, AttestationReport report, out VerifiedAttestation verified)
    {
        PhalaRegistry.Error? error = report switch
        {
            AttestationReport.InsecureDev dev => VerifyInsecureDev(state, dev, out verified),
            _ => Unknown(out verified),
        };
        if (error is not null) return error;
        return PhalaRegistry.PRuntimeAddedAt.Contains(state, verified.Measurement) ? null : PhalaRegistry.Error.PRuntimeRejected;
    }

    private static PhalaRegistry.Error? VerifyInsecureDev(TrieOverlay state, AttestationReport.InsecureDev report, out VerifiedAttestation verified)
    {
        verified = new VerifiedAttestation(report.Measurement, report.ReportData, AttestationProvider.InsecureDev, NoConfidence);
        return PhalaRegistry.AllowInsecureDev.Get(state) ? null : PhalaRegistry.Error.NoneAttestationDisabled;
    }

    private static PhalaRegistry.Error? Unknown(out VerifiedAttestation verified)
    {
        verified = default;
        return PhalaRegistry.Error.InvalidRuntimeInfo;
    }
}
