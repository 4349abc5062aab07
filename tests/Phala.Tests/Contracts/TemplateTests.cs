using System.Diagnostics;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>What the guide does first: the packages into a local feed, a contract and its tests from the template, built and green both ways.</summary>
public sealed class TemplateTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("phala-template-").FullName;

    [Fact]
    public void A_contract_from_the_template_builds_and_its_tests_pass()
    {
        string feed = Path.Combine(_folder, "feed"), hive = Path.Combine(_folder, "hive"), book = Path.Combine(_folder, "Book");
        Run(Repository.Root, "msbuild", "eng/packages/Packages.proj", $"-p:Feed={feed}", "-p:NoRestore=true", "-nodeReuse:false", "-v:q");
        Run(_folder, "new", "install", Path.Combine(feed, "Phala.Contracts.Templates.1.0.0.nupkg"), "--debug:custom-hive", hive);
        Run(_folder, "new", "phala-contract", "-o", book, "--debug:custom-hive", hive);
        Run(book, "build", "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        foreach (string made in (string[])["wasm", "json", "contract", "v4.json", "v4.contract"]) Assert.True(File.Exists(Path.Combine(book, "Book/bin/Release/net10.0", $"Book.{made}")), made);
        string tested = Run(book, "test", "-c", "Release", "--no-build");
        Assert.Contains("succeeded: 2", tested, StringComparison.Ordinal);

        // What can't be compiled is an error in the author's line, and no command line buries it.
        File.WriteAllText(Path.Combine(book, "Book", "Wrong.cs"), "namespace Book;\npublic static class Wrong\n{\n    [Phala.Contracts.Hosting.ContractExport(\"wrong\")]\n    public static string Text() => string.Format(\"{0}\", 1);\n}\n");
        string refused = Run(Path.Combine(book, "Book"), 1, "build", "-c", "Release", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.Contains("Wrong.cs(5,", refused, StringComparison.Ordinal);
        Assert.Contains("error PH2000: The contract was not compiled to WebAssembly.", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("MSB3073", refused, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Packages of other tools come from where this repository's did; those of the feed are unpacked into the test's own folder.</summary>
    private string Run(string folder, params string[] arguments) => Run(folder, 0, arguments);

    private string Run(string folder, int code, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string variable in start.Environment.Keys.Where(static name => name.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal) || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        if (folder != Repository.Root)
        {
            string unpacked = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
            start.Environment["NUGET_FALLBACK_PACKAGES"] = unpacked;
            start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "packages");
        }

        using Process process = Process.Start(start)!;
        Task<string> printed = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit)) process.Kill(entireProcessTree: true);
        string all = printed.GetAwaiter().GetResult() + error.GetAwaiter().GetResult();
        output.WriteLine($"dotnet {string.Join(' ', arguments)}\n{all}");
        Assert.True(process.HasExited && process.ExitCode == code, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}: {all}");
        return all;
    }
}
