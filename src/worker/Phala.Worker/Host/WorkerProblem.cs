namespace Phala.Worker.Host;

/// <summary>Why a worker can't begin.</summary>
/// <param name="Words">In words for who started it.</param>
/// <param name="ExitCode">The program's exit code.</param>
public sealed record WorkerProblem(string Words, int ExitCode);
