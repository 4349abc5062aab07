using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Phala.Worker.Hardening;

/// <summary>Gives the program an environment that is fixed: whatever the host put there is gone before anything of it is looked at.</summary>
/// <remarks>
/// <para><b>Concept.</b> The .NET runtime and its libraries take orders from environment variables: profilers to load, doors for debuggers, certificates to trust, hooks to run. The program starts itself
/// again in the same process with <see cref="Environment"/> and nothing else, and does its work there.</para>
/// <para><b>Trust.</b> This protects a program that is started in a hostile environment. A host that can write to the program's memory or files needs no environment: that is what the hardware and the
/// measurement are for.</para>
/// </remarks>
internal static partial class Launcher
{
    /// <summary>The variables of the program: nothing of the host's.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Environment { get; } =
    [
        new("DOTNET_EnableDiagnostics", "0"),
        new("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        new("DOTNET_ROOT", RuntimeRoot()),
        new("HOME", "/nonexistent"),
        new("LANG", "C.UTF-8"),
        new("PATH", "/usr/bin:/bin"),
        new("TMPDIR", "/tmp"),
        new("TZ", "UTC"),
    ];

    /// <summary>Makes sure of the environment. On Linux it does not return where that takes a new start.</summary>
    /// <param name="problem">Why the environment is not the fixed one.</param>
    public static bool TryEnter([NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (IsFixed(System.Environment.GetEnvironmentVariables())) return true;
        if (!OperatingSystem.IsLinux())
        {
            // Elsewhere there is no confidential hardware, and the program runs for development alone.
            return true;
        }

        byte[]?[] arguments = ReadArguments();
        byte[]?[] variables = [.. Environment.Select(pair => Terminate($"{pair.Key}={pair.Value}")), null];
        int error = Replace(System.Environment.ProcessPath ?? "/proc/self/exe", arguments, variables);
        problem = $"The program can't start itself in its own environment (error {error}).";
        return false;
    }

    /// <summary>Whether variables are those of the program, no more and no less.</summary>
    internal static bool IsFixed(System.Collections.IDictionary variables) =>
        variables.Count == Environment.Count && Environment.All(pair => variables[pair.Key] is string value && value == pair.Value);

    private static byte[]?[] ReadArguments()
    {
        List<byte[]?> arguments = [];
        byte[] line = File.ReadAllBytes("/proc/self/cmdline");
        for (int at = 0; at < line.Length;)
        {
            int end = Array.IndexOf(line, (byte)0, at);
            if (end < 0) end = line.Length;
            arguments.Add([.. line.AsSpan(at, end - at), 0]);
            at = end + 1;
        }

        arguments.Add(null);
        return [.. arguments];
    }

    /// <summary>Where the runtime is that runs the program now: <c>root/shared/Microsoft.NETCore.App/version/</c> holds the base library.</summary>
    private static string RuntimeRoot()
    {
        string? folder = Path.GetDirectoryName(RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/'));
        return Path.GetDirectoryName(Path.GetDirectoryName(folder)) ?? "/";
    }

    private static byte[] Terminate(string text) => Encoding.UTF8.GetBytes(text + '\0');

    /// <summary>Puts a program in the place of this one. Memory is pinned: the call does not return, or the process ends at once.</summary>
    private static int Replace(string path, byte[]?[] arguments, byte[]?[] variables)
    {
        nint[] argumentPointers = Pin(arguments), variablePointers = Pin(variables);
        _ = Execute(path, argumentPointers, variablePointers);
        return Marshal.GetLastPInvokeError();
    }

    private static nint[] Pin(byte[]?[] texts) =>
        [.. texts.Select(text => text is null ? 0 : GCHandle.Alloc(text, GCHandleType.Pinned).AddrOfPinnedObject())];

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, nint[] arguments, nint[] variables);
}
