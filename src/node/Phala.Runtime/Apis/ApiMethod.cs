namespace Phala.Runtime.Apis;

/// <summary>Answers one question.</summary>
internal delegate ApiAnswer ApiMethod(in ApiQuestion question);
