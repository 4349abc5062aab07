using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Phala.Worker.Hardening;

/// <summary>Gives the program an environment that is fixed: whatever the host put there is gone before anything of it is looked at.</summary>
/// <remarks>
/// <para><b>Concept.</b> The loader, the .NET runtime and its libraries take orders from environment variables: code to load, profilers, doors for debuggers, certificates to trust, hooks to run. On Linux on
/// x86-64 the program that is started, <c>pruntime</c>, is half a kilobyte of machine code that is linked to nothing (<c>Hardening/pruntime</c>, part of the measurement): it starts <c>pruntime.host</c>, the runtime
/// with this program, with <see cref="Fixed"/> and nothing else, so that nothing of the host's is ever looked at.</para>
/// <para>Where the program was started in another way (<c>dotnet pruntime.dll</c>, another processor), it starts itself again in the same process with that environment before it does anything. That keeps
/// accidents and hooks out, but not code that was loaded into the first start.</para>
/// <para><b>Trust.</b> This protects a program that is started in a hostile environment by its own name. A host that chooses what is started, or can write to the program's memory or files, needs no environment:
/// that is what the hardware and the measurement are for.</para>
/// </remarks>
internal static partial class Launcher
{
    /// <summary>Where the runtime is: the one variable that is the host's to set, and it matters only where the runtime is no part of the published program.</summary>
    public const string Root = "DOTNET_ROOT";

    /// <summary>The other variables of the program: nothing of the host's.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fixed { get; } =
    [
        new("DOTNET_EnableDiagnostics", "0"),
        new("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
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
        if (IsFixed(Environment.GetEnvironmentVariables())) return true;
        if (!OperatingSystem.IsLinux())
        {
            // Elsewhere there is no confidential hardware, and the program runs for development alone.
            return true;
        }

        byte[]?[] arguments = ReadArguments();
        byte[]?[] variables = [.. Fixed.Append(new(Root, RuntimeRoot())).Select(pair => Terminate($"{pair.Key}={pair.Value}")), null];
        int error = Replace(Environment.ProcessPath ?? "/proc/self/exe", arguments, variables);
        problem = $"The program can't start itself in its own environment (error {error}).";
        return false;
    }

    /// <summary>Whether variables are those of the program, no more and no less.</summary>
    internal static bool IsFixed(System.Collections.IDictionary variables) =>
        variables.Count == Fixed.Count + (variables.Contains(Root) ? 1 : 0) && Fixed.All(pair => variables[pair.Key] is string value && value == pair.Value);

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
