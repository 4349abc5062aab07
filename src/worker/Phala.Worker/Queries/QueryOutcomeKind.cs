namespace Phala.Worker.Queries;

/// <summary>How a query ended, for metrics. None of it depends on what is secret.</summary>
internal enum QueryOutcomeKind
{
    /// <summary>With an answer.</summary>
    Answered,

    /// <summary>With a signed refusal.</summary>
    Refused,

    /// <summary>It did not open.</summary>
    NotOpened,

    /// <summary>Too many waited.</summary>
    Dropped,

    /// <summary>The worker does not serve.</summary>
    NotServing,
}
