using Phala.Cli.Processes;

namespace Phala.Cli.Dev;

/// <summary>The programs that a network consists of.</summary>
internal sealed record DevPrograms(string Node, string Worker, string Relayer)
{
    /// <summary>Finds them.</summary>
    /// <param name="missing">What there is not, in words.</param>
    public static DevPrograms? Find(out string missing)
    {
        string? node = ProgramFile.Find("Phala.Node", "phala-node"), worker = ProgramFile.Find("Phala.Worker", "pruntime"), relayer = ProgramFile.Find("Phala.Relayer", "pherry");
        missing = string.Join(" and ", new[] { (node, "phala-node"), (worker, "pruntime"), (relayer, "pherry") }.Where(pair => pair.Item1 is null).Select(pair => pair.Item2));
        return node is null || worker is null || relayer is null ? null : new DevPrograms(node, worker, relayer);
    }
}
