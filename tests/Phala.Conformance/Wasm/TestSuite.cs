using System.ComponentModel;
using System.Diagnostics;
using Phala.Testing;
using Xunit;

namespace Phala.Conformance.Wasm;

/// <summary>Finds the official core test scripts and converts them with wabt's <c>wast2json</c>.</summary>
internal static class TestSuite
{
    private static readonly string Folder = Path.Combine(
        Environment.GetEnvironmentVariable("PHALA_TEST_DATA") ?? Repository.Path("../shared/data"), "wasm-testsuite");

    /// <summary>The scripts by name; one made-up name where the suite is absent, so that the absence is reported.</summary>
    public static IReadOnlyList<string> Names { get; } = Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.wast").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : ["(absent)"];

    /// <summary>Converts a script and returns the path of the JSON file, in a folder of its own. Skips the test where suite or tool are missing; under CI that is a failure.</summary>
    public static string Convert(string name)
    {
        string source = Path.Combine(Folder, name);
        if (!File.Exists(source)) Missing($"the WebAssembly test suite is not at {Folder}; PHALA_TEST_DATA names the folder above it");
        string output = Path.Combine(Directory.CreateTempSubdirectory("phala-wast-").FullName, "script.json");
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("wast2json", [source, "-o", output]) { RedirectStandardError = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
        }
        catch (Win32Exception)
        {
            Missing("wast2json is not installed (Debian's package wabt)");
        }

        return output;
    }

    private static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(what);
        Assert.Skip(what);
    }
}
