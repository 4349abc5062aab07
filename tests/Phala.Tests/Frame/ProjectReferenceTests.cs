using System.Xml.Linq;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Frame;

/// <summary>Who may see whom is decided in docs/architecture.md; every project under src is held against that table.</summary>
public sealed class ProjectReferenceTests
{
    private const string Heading = "## Allowed references";

    [Fact]
    public void EveryProjectReferencesExactlyWhatTheTableAllows()
    {
        Assert.Equal(Allowed(), Actual());
    }

    [Fact]
    public void EveryProjectBelongsToTheSolution()
    {
        string[] listed = [.. XDocument.Load(Repository.Path("Phala.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value).Order(StringComparer.Ordinal)];
        string[] present = [.. new[] { "src", "tests", "bench", "eng", "samples" }.SelectMany(folder => Repository.Files(folder, "*.csproj")).Append(Repository.Path("templates/Phala.Contracts.Templates.csproj"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(present, listed);
    }

    /// <summary>What is linked into the core is what its table says: packages may only help to build it.</summary>
    [Fact]
    public void TheCoreUsesNoPackageAtRunTime()
    {
        string[] files = [.. Repository.Files("src/core", "*.csproj"), .. Repository.Files("src/core", "*.props"), .. Repository.Files("src/core", "*.targets"), Repository.Path("Directory.Build.props")];
        Assert.Contains(files, file => PackageReferences(file).Any());
        Findings.None(files.SelectMany(file => PackageReferences(file)
            .Where(reference => (reference.Attribute("PrivateAssets")?.Value ?? reference.Element("PrivateAssets")?.Value) != "all")
            .Select(reference => $"{Path.GetRelativePath(Repository.Root, file)}: {reference.Attribute("Include")?.Value}")));
    }

    private static IEnumerable<XElement> PackageReferences(string file) =>
        XDocument.Load(file).Descendants("PackageReference");

    private static SortedDictionary<string, string> Allowed()
    {
        SortedDictionary<string, string> allowed = new(StringComparer.Ordinal);
        IEnumerable<string> rows = File.ReadLines(Repository.Path("docs/architecture.md"))
            .SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        foreach (string row in rows)
        {
            string[] cells = [.. row.Trim('|', ' ').Split('|').Select(cell => cell.Trim())];
            allowed[cells[0].Trim('`')] = Sorted(cells[1].Split(',', StringSplitOptions.TrimEntries).Select(name => name.Trim('`')).Where(name => name != "nothing"));
        }

        return allowed;
    }

    private static SortedDictionary<string, string> Actual()
    {
        SortedDictionary<string, string> actual = new(StringComparer.Ordinal);
        foreach (string path in Repository.Files("src", "*.csproj"))
        {
            IEnumerable<string> references = XDocument.Load(path).Descendants("ProjectReference")
                .Where(reference => reference.Attribute("OutputItemType") is null)
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
            actual[Path.GetFileNameWithoutExtension(path)] = Sorted(references);
        }

        return actual;
    }

    private static string Sorted(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
}
