using System.Text.RegularExpressions;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Frame;

/// <summary>Documents that point into the code are held against it.</summary>
public sealed partial class DocumentTests
{
    private const int MostFilesOfAWalk = 6;
    private const string IndexTitle = "Where is";

    /// <summary>A step of a walk: <c>1. `path/File.cs` `Member`: …</c>.</summary>
    [Fact]
    public void EveryStepOfAReadingPathExists()
    {
        string[] numbered = [.. File.ReadLines(Repository.Path("docs/reading-paths.md")).Where(line => Numbered().IsMatch(line))];
        Findings.None(numbered.Where(line => !Step().IsMatch(line)).Select(line => $"not a step with a file and a member: {line}"));
        Match[] steps = [.. numbered.Select(line => Step().Match(line))];
        Assert.True(steps.Length >= 8, "the document has lost its walks");
        Assert.All(steps, step => AssertDeclared(step.Groups["file"].Value, step.Groups["member"].Value));
    }

    [Fact]
    public void NoReadingPathIsLong()
    {
        string[] walks = [.. File.ReadAllText(Repository.Path("docs/reading-paths.md")).Split("\n## ").Skip(1).Where(section => !section.StartsWith(IndexTitle, StringComparison.Ordinal))];
        Assert.All(walks, walk => Assert.InRange(walk.Split('\n').Select(line => Step().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["file"].Value).Distinct().Count(), 1, MostFilesOfAWalk));
    }

    [Fact]
    public void EveryFileOfTheIndexExists()
    {
        string[] files = [.. File.ReadLines(Repository.Path("docs/reading-paths.md")).Where(line => line.StartsWith('|')).SelectMany(line => SourcePath().Matches(line)).Select(match => match.Groups[1].Value)];
        Assert.True(files.Length >= 20, "the document has lost its index");
        Findings.None(files.Where(file => !File.Exists(Repository.Path(file))));
    }

    [Fact]
    public void EveryFileOfTheSpecificationTableExists()
    {
        string[] files = [.. SpecificationFiles()];
        Assert.True(files.Length >= 8, "the document has lost its table");
        Assert.All(files, file => Assert.True(File.Exists(Repository.Path(file)), $"docs/spec-coverage.md names {file}"));
    }

    [Fact]
    public void EveryFolderOfTheCoreIsInTheSpecificationTable()
    {
        HashSet<string> covered = [.. SpecificationFiles().Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/'))];
        string[] folders = [.. SourceFile.All.Where(file => file.RelativePath.StartsWith("src/core/", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file.RelativePath)!.Replace('\\', '/')).Distinct()];
        Findings.None(folders.Where(folder => !covered.Any(path => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal))));
    }

    [Fact]
    public void LinksBetweenDocumentsLeadSomewhere()
    {
        string[] documents = [.. Directory.EnumerateFiles(Repository.Root, "*.md"), .. Repository.Files("docs", "*.md"), .. Repository.Files("eng", "*.md")];
        string[] broken = [.. documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target)))
            .Select(target => $"{Path.GetFileName(document)}: {target}"))];
        Findings.None(broken);
    }

    [Fact]
    public void ContinuousIntegrationRunsTheReadmesTestCommand()
    {
        const string Command = "dotnet test -c Release";
        Assert.Contains($"\n{Command}\n", File.ReadAllText(Repository.Path("README.md")), StringComparison.Ordinal);
        Assert.Contains($"\n{Command} ", File.ReadAllText(Repository.Path(".ci/run")), StringComparison.Ordinal);
    }

    private static void AssertDeclared(string file, string member)
    {
        SourceFile? source = SourceFile.All.FirstOrDefault(each => each.RelativePath == file);
        Assert.True(source is not null, $"docs/reading-paths.md names {file}");
        Assert.True(source.DeclaredNames.Contains(member), $"docs/reading-paths.md names {member} of {file}");
    }

    private static IEnumerable<string> SpecificationFiles() =>
        File.ReadLines(Repository.Path("docs/spec-coverage.md")).Where(line => line.StartsWith('|')).SelectMany(line => SourcePath().Matches(line)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\s*\d+[.)]")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\d+\. `(?<file>[^`]+\.cs)` `(?<member>[^`]+)`")]
    private static partial Regex Step();

    [GeneratedRegex(@"`((?:src|tests|bench|eng)/[^`]+\.cs)`")]
    private static partial Regex SourcePath();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
