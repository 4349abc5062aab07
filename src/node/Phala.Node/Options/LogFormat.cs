namespace Phala.Node.Options;

/// <summary>How log lines are written.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs: one JSON object a line.</summary>
    Json,
}
