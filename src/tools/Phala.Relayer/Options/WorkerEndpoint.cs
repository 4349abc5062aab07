namespace Phala.Relayer.Options;

/// <summary>A worker that is served.</summary>
/// <param name="Private">Its listener for relayers and its operator.</param>
/// <param name="Public">Where clients are to find it, where the relayer is to tell it so; otherwise the worker knows.</param>
public sealed record WorkerEndpoint(Uri Private, Uri? Public);
