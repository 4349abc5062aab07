namespace Phala.Worker.Options;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs: each line a JSON object.</summary>
    Json,
}
