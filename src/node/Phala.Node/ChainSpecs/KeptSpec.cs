using System.Text;

namespace Phala.Node.ChainSpecs;

/// <summary>
/// The specification of a built-in chain as it was at the first start, beside the chain's data: what was chosen then, such as the length of a slot, need not be told again.
/// </summary>
internal static class KeptSpec
{
    private const string FileName = "chain-spec.json", DatabaseFolder = "db";

    /// <summary>Where it is.</summary>
    public static string PathIn(string chainFolder) => Path.Combine(chainFolder, FileName);

    /// <summary>Whether there is one that counts: without data nothing has begun.</summary>
    public static bool Exists(string chainFolder) => Directory.Exists(Path.Combine(chainFolder, DatabaseFolder)) && File.Exists(PathIn(chainFolder));

    /// <summary>Writes it, in the place of one that was there.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string chainFolder, ChainSpec spec)
    {
        Directory.CreateDirectory(chainFolder);
        string path = PathIn(chainFolder), unfinished = path + ".new";
        using (FileStream file = new(unfinished, FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes(ChainSpecWriter.WriteRaw(spec)));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
