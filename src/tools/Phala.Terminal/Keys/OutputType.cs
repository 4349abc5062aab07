namespace Phala.Terminal.Keys;

/// <summary>What <c>--output-type</c> takes.</summary>
public enum OutputType
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>JSON for programs.</summary>
    Json,
}
