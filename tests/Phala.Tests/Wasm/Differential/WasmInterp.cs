using System.ComponentModel;
using System.Diagnostics;
using Phala.Testing.Wasm.Generator;
using Xunit;

namespace Phala.Tests.Wasm.Differential;

/// <summary>The interpreter <c>wasm-interp</c> of the WebAssembly Binary Toolkit, as a program.</summary>
internal static class WasmInterp
{
    /// <summary>
    /// Calls all exports of a portable module in their order. Skips the test, and says why, where the program is missing; under CI that is a
    /// failure.
    /// </summary>
    public static IReadOnlyList<string> Run(GeneratedModule module)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, module.Bytes);
            using Process process = Process.Start(new ProcessStartInfo("wasm-interp", [file, "--run-all-exports"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Outcomes(output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            const string Reason = "wasm-interp is not installed: it is in the package wabt";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Reason);
            Assert.Skip(Reason);
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Lines such as <c>r0() =&gt; i32:5, i64:7</c>, <c>r0() =&gt; error: integer overflow</c>, or an error of the instantiation alone.</summary>
    private static string[] Outcomes(string output, string errors)
    {
        if (output.Length == 0) return [errors.Trim()];
        IEnumerable<string> calls = output.TrimEnd().Split('\n').Select(line => line[(line.IndexOf("=>", StringComparison.Ordinal) + 2)..].Trim());
        return [PortableRun.Text([]), .. calls.Select(end => end.StartsWith("error", StringComparison.Ordinal) ? end : Numbers(end))];
    }

    private static string Numbers(string results) =>
        PortableRun.Text(results.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(result => result[(result.IndexOf(':', StringComparison.Ordinal) + 1)..]));
}
