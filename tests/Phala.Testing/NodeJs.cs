using System.ComponentModel;
using System.Diagnostics;

namespace Phala.Testing;

/// <summary>Runs scripts of <c>tests/node</c>: published JavaScript packages as independent implementations.</summary>
public static class NodeJs
{
    /// <summary>A script that has not ended by then waits for something that does not come.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly Lazy<string?> Unavailable = new(Prepare, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>
    /// Runs a script with <paramref name="input"/> on its standard input and returns what it prints. Skips the test, and says why, where
    /// Node.js or the packages are missing; under CI that is a failure.
    /// </summary>
    public static string Run(string script, string input)
    {
        Require();
        (int code, string output, string error) = Start("node", [script], input);
        Xunit.Assert.True(code == 0, $"node {script} ended with {code}: {error}");
        return output;
    }

    /// <summary>Starts a script that is to be talked to on its standard input and output. Skips the test where it can't be.</summary>
    public static Process Open(string script)
    {
        Require();
        return Process.Start(Describe("node", [script]))!;
    }

    private static void Require()
    {
        if (Unavailable.Value is not { } reason) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Xunit.Assert.Fail(reason);
        Xunit.Assert.Skip(reason);
    }

    private static string? Prepare()
    {
        try
        {
            (int version, _, _) = Start("node", ["--version"], "");
            if (version != 0) return "Node.js does not start";
            return Install();
        }
        catch (Win32Exception)
        {
            return "Node.js is not installed: comparisons with the npm packages need it (https://nodejs.org, version 20 or later)";
        }
    }

    /// <summary>Installs the packages once: npm begins by deleting what is there, so two test programs must not install side by side.</summary>
    private static string? Install()
    {
        using FileStream turn = WaitForTurn(Repository.Path("artifacts/npm-install.lock"));
        string wanted = Repository.Path("tests/node/package-lock.json"), installed = Repository.Path("tests/node/node_modules/.package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted)) return null;
        (int install, _, string error) = Start("npm", ["ci", "--no-audit", "--no-fund"], "");
        return install == 0 ? null : $"npm ci failed in tests/node: {error}";
    }

    private static FileStream WaitForTurn(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static (int Code, string Output, string Error) Start(string program, string[] arguments, string input)
    {
        using Process process = Process.Start(Describe(program, arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Feed(process, input);
        if (process.WaitForExit(Limit)) return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        process.Kill(entireProcessTree: true);
        throw new TimeoutException($"{program} {string.Join(' ', arguments)} has not ended after {Limit}. It printed: {output.GetAwaiter().GetResult()}{error.GetAwaiter().GetResult()}");
    }

    private static ProcessStartInfo Describe(string program, string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = Repository.Path("tests/node"),
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static void Feed(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The script ended without reading: its exit code and error output say why.
        }
    }
}
