using System.ComponentModel;
using System.Diagnostics;

namespace Phala.Testing.Wasm;

/// <summary>WebAssembly's text form, by wabt's <c>wat2wasm</c>.</summary>
public static class Wat
{
    /// <summary>Whether the tool is there.</summary>
    public static bool IsThere { get; } = TryRun("--version", "", out _);

    /// <summary>The module of a text.</summary>
    /// <exception cref="InvalidOperationException">The tool does not take the text, or is not there.</exception>
    public static byte[] Compile(string text)
    {
        string file = Path.GetTempFileName();
        try
        {
            if (!TryRun($"- -o {file}", text, out string error)) throw new InvalidOperationException($"{error}\n{text}");
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool TryRun(string arguments, string input, out string error)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("wat2wasm", arguments) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            _ = process.StandardOutput.ReadToEndAsync();
            error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception exception)
        {
            error = exception.Message;
            return false;
        }
    }
}
