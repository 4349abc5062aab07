namespace Phala.Worker.Interface.Prpc;

/// <summary>The methods of a worker's RPC: <c>POST /prpc/PhactoryAPI.{method}</c>.</summary>
/// <remarks>
/// Each takes and gives a protobuf message of <c>pruntime_rpc.proto</c>. Those of the sync protocol carry one SCALE value in it, in field 1: the remarks name its type. Methods whose names Phala's
/// workers know have their messages.
/// </remarks>
public static class PrpcMethods
{
    /// <summary>The service: the first half of a method's full name.</summary>
    public const string Service = "PhactoryAPI";

    /// <summary>Where methods are: the service and the method follow, with a point between.</summary>
    public const string PathPrefix = "/prpc/" + Service + ".";

    /// <summary><c>Empty → PhactoryInfo</c>: what the worker is. On the public listener too.</summary>
    public const string GetInfo = "GetInfo";

    /// <summary><c>ContractQueryRequest → ContractQueryResponse</c>: a query in the older envelope, where a cluster accepts it. On the public listener too.</summary>
    public const string ContractQuery = "ContractQuery";

    /// <summary><c>Encoded → Encoded</c>: a sealed query and its sealed answer. On the public listener too.</summary>
    public const string Query = "Query";

    /// <summary><c>GetContractInfoRequest → GetContractInfoResponse</c>. On the public listener too.</summary>
    public const string GetContractInfo = "GetContractInfo";

    /// <summary><c>Empty → GetClusterInfoResponse</c>. On the public listener too.</summary>
    public const string GetClusterInfo = "GetClusterInfo";

    /// <summary><c>ContractParameters → ContractId</c>. On the public listener too.</summary>
    public const string CalculateContractId = "CalculateContractId";

    /// <summary><c>StatisticsReqeust → StatisticsResponse</c>. On the public listener too.</summary>
    public const string Statistics = "Statistics";

    /// <summary><c>Empty → Encoded</c>: a <see cref="Sync.SyncStatus"/>.</summary>
    public const string SyncStatus = "SyncStatus";

    /// <summary><c>Encoded → Encoded</c>: a <see cref="Sync.GenesisInfo"/>; a <see cref="Sync.SyncReply"/>.</summary>
    public const string BeginSync = "BeginSync";

    /// <summary><c>Encoded → Encoded</c>: a <see cref="Sync.AdvanceRequest"/>; a <see cref="Sync.SyncReply"/>.</summary>
    public const string Advance = "Advance";

    /// <summary><c>Encoded → Encoded</c>: <see cref="Sync.EntryHashes"/>; a <see cref="Sync.SyncReply"/>.</summary>
    public const string ProveWaypoint = "ProveWaypoint";

    /// <summary><c>Encoded → Encoded</c>: <see cref="Sync.EntryHashes"/>; a <see cref="Sync.SyncReply"/>.</summary>
    public const string BeginEntries = "BeginEntries";

    /// <summary><c>Encoded → Encoded</c>: an <see cref="Sync.EntryBatch"/>; a <see cref="Sync.SyncReply"/>.</summary>
    public const string DispatchEntries = "DispatchEntries";

    /// <summary><c>Encoded → Encoded</c>: a <see cref="Sync.ConflictReport"/>; a <see cref="Sync.SyncReply"/>.</summary>
    public const string ReportConflict = "ReportConflict";

    /// <summary><c>Empty → GetEgressMessagesResponse</c>: a list of <see cref="Sync.OutboundMessages"/>.</summary>
    public const string GetEgressMessages = "GetEgressMessages";

    /// <summary><c>Empty → Encoded</c>: a list of <see cref="Runtime.Interface.Clusters.SignedClusterReport"/>, for <c>PhalaPhatContracts.ReportEntry</c>, bare.</summary>
    public const string GetReports = "GetReports";

    /// <summary><c>Empty → Encoded</c>: a <see cref="Runtime.Interface.Workers.SignedSessionClaim"/>, for <c>PhalaRegistry.RecordSession</c>, bare. Refused where the status does not want one.</summary>
    public const string GetSessionClaim = "GetSessionClaim";

    /// <summary><c>Empty → Encoded</c>: a <see cref="Sync.Registration"/>, for <c>PhalaRegistry.RegisterWorkerV2</c>.</summary>
    public const string GetRegistration = "GetRegistration";

    /// <summary><c>Empty → Encoded</c>: a list of <see cref="Sync.SignedFaultReport"/>.</summary>
    public const string GetFaults = "GetFaults";

    /// <summary><c>Empty → Encoded</c>: the light client's evidence of conflicting finality, where there is some.</summary>
    public const string GetEvidence = "GetEvidence";

    /// <summary><c>Empty → GetEndpointResponse</c>: for <c>PhalaRegistry.UpdateWorkerEndpoint</c>.</summary>
    public const string GetEndpointInfo = "GetEndpointInfo";

    /// <summary><c>AddEndpointRequest → GetEndpointResponse</c>: where clients are to find the worker.</summary>
    public const string AddEndpoint = "AddEndpoint";

    /// <summary><c>SignEndpointsRequest → GetEndpointResponse</c>: a list of such places.</summary>
    public const string SignEndpointInfo = "SignEndpointInfo";

    /// <summary><c>Empty → GetEndpointResponse</c>: the same places, signed anew.</summary>
    public const string RefreshEndpointSigningTime = "RefreshEndpointSigningTime";

    /// <summary><c>EchoMessage → EchoMessage</c>.</summary>
    public const string Echo = "Echo";

    /// <summary><c>Empty → SyncedTo</c>: writes a snapshot now.</summary>
    public const string TakeCheckpoint = "TakeCheckpoint";

    /// <summary><c>StopOptions → Empty</c>: ends the program, as a signal would.</summary>
    public const string Stop = "Stop";
}
