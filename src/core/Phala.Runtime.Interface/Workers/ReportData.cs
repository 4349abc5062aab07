using Phala.Codec;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What a worker put into its attestation.</summary>
[Scale("phala_types::ReportData"), FixedBytes(64)]
public readonly partial struct ReportData;
