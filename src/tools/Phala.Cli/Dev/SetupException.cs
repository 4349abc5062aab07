namespace Phala.Cli.Dev;

/// <summary>A development network could not be set up; the message says why, for people.</summary>
internal sealed class SetupException(string message) : Exception(message);
