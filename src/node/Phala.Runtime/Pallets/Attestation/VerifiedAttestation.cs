using Phala.Runtime.Interface.Workers;

namespace Phala.Runtime.Pallets.Attestation;

/// <summary>What an attestation says, after it was verified and its program found on the list.</summary>
/// <param name="Measurement">The program.</param>
/// <param name="ReportData">What the program bound.</param>
/// <param name="Provider">What vouches for both.</param>
/// <param name="ConfidenceLevel">How that was graded; 128 where nothing vouches.</param>
internal readonly record struct VerifiedAttestation(Measurement Measurement, ReportData ReportData, AttestationProvider Provider, byte ConfidenceLevel);
