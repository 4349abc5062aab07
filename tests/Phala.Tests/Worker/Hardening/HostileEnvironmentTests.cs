using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Phala.Worker.Hardening;
using Xunit;

namespace Phala.Tests.Worker.Hardening;

/// <summary>A host that starts the worker with an environment of its own: hooks, profilers, libraries to load, doors for debuggers, certificates to trust.</summary>
public sealed class HostileEnvironmentTests : IDisposable
{
    private const string Trace = "trace";

    private readonly string _folder = Directory.CreateTempSubdirectory("pruntime-test-").FullName;
    private readonly string _library, _profiler;

    /// <summary>A real native library with another name stands for what an attacker has loaded: what it would do is done when it is loaded.</summary>
    public HostileEnvironmentTests()
    {
        (_library, _profiler) = (Path.Combine(_folder, "attacker.so"), Path.Combine(_folder, "profiler.so"));
        string real = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so");
        if (!File.Exists(real)) return;
        File.Copy(real, _library);
        File.Copy(real, _profiler);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("pruntime")]
    [InlineData("pruntime.dll")]
    public async Task Nothing_of_the_hosts_environment_reaches_the_program(string started)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The environment is replaced on Linux.");
        using PruntimeProcess worker = Start(started, Hostile());
        _ = await worker.PortAsync("private");
        string[] environment = Encoding.UTF8.GetString(await File.ReadAllBytesAsync($"/proc/{worker.Id}/environ", Stop)).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Launcher.Fixed.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal), environment.Where(each => !each.StartsWith(Launcher.Root, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(environment, each => each.Contains(_folder, StringComparison.Ordinal));
        Assert.DoesNotContain(_folder, await File.ReadAllTextAsync($"/proc/{worker.Id}/maps", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain($"dotnet-diagnostic-{worker.Id}-", await File.ReadAllTextAsync("/proc/net/unix", Stop), StringComparison.Ordinal);
        worker.Signal("TERM");
        (int code, _) = await worker.EndAsync();
        Assert.Equal(0, code);
        Assert.DoesNotContain(worker.Lines, line => line.Contains("hook", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The loader, the host and the runtime tell in files what the environment had them do. Started past the launcher, they do it all.</summary>
    [Theory]
    [InlineData("pruntime", false)]
    [InlineData("pruntime.host", true)]
    public async Task Nothing_that_the_host_names_is_looked_at_not_even_at_first(string started, bool isPastTheLauncher)
    {
        if (!HasLauncher) Assert.Skip("The launcher is for Linux on x86-64.");
        if (RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)) Assert.Skip("This system's loader tells nothing of what it does.");
        using PruntimeProcess worker = Start(started, Hostile());
        _ = await worker.PortAsync("private");
        worker.Signal("TERM");
        Assert.Equal(0, (await worker.EndAsync()).Code);
        string told = string.Concat(Directory.EnumerateFiles(_folder, Trace + "*").Select(File.ReadAllText));
        Assert.Equal(isPastTheLauncher, told.Contains($"file={_profiler} [0];  dynamically loaded by", StringComparison.Ordinal));
        Assert.Equal(isPastTheLauncher, told.Contains($"file={_library} [0];  needed by", StringComparison.Ordinal));
        Assert.Equal(isPastTheLauncher, File.Exists(Path.Combine(_folder, Trace + ".host")));
        Assert.Equal(isPastTheLauncher, told.Length > 0);
    }

    [Fact]
    public async Task The_launcher_says_what_it_misses()
    {
        if (!HasLauncher) Assert.Skip("The launcher is for Linux on x86-64.");
        string alone = Path.Combine(_folder, "pruntime");
        File.Copy(Path.Combine(PruntimeProcess.Folder, "pruntime"), alone);
        using PruntimeProcess worker = new(alone, new Dictionary<string, string>());
        Assert.Equal((1, ""), await worker.EndAsync());
        Assert.Contains("pruntime.host beside it", Assert.Single(worker.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_come_through_as_they_are()
    {
        string[] odd = ["", " ", "a b", "\"", "'", "\\", "é"];
        using PruntimeProcess worker = new(new Dictionary<string, string>(), [.. odd]);
        Assert.Equal(2, (await worker.EndAsync()).Code);
        Assert.All(odd.Skip(2), argument => Assert.Contains(worker.Lines, line => line.Contains($"'{argument}'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_published_settings_shut_hooks_out_whatever_starts_the_runtime()
    {
        using JsonDocument settings = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(PruntimeProcess.Folder, "pruntime.runtimeconfig.json"), Stop));
        JsonElement properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.False(properties.GetProperty("System.StartupHookProvider.IsSupported").GetBoolean());
        Assert.False(properties.GetProperty("System.Diagnostics.Tracing.EventSource.IsSupported").GetBoolean());
    }

    private static bool HasLauncher => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    private PruntimeProcess Start(string file, Dictionary<string, string> environment) =>
        new(Path.Combine(PruntimeProcess.Folder, file), environment, "--insecure-dev-attestation", "--data-dir", Path.Combine(_folder, "data"), "--port", "0", "--public-port", "0");

    private Dictionary<string, string> Hostile() => new()
    {
        ["LD_PRELOAD"] = _library,
        ["LD_DEBUG"] = "files",
        ["LD_DEBUG_OUTPUT"] = Path.Combine(_folder, Trace),
        ["COREHOST_TRACE"] = "1",
        ["COREHOST_TRACEFILE"] = Path.Combine(_folder, Trace + ".host"),
        ["DOTNET_STARTUP_HOOKS"] = _library,
        ["CORECLR_ENABLE_PROFILING"] = "1",
        ["CORECLR_PROFILER"] = "{1885F2F8-4DF8-4C73-8F6B-5E7B4F7A0B01}",
        ["CORECLR_PROFILER_PATH"] = _profiler,
        ["DOTNET_EnableDiagnostics"] = "1",
        ["DOTNET_DiagnosticPorts"] = Path.Combine(_folder, "port.sock") + ",nosuspend,listen",
        ["TMPDIR"] = _folder,
        ["SSL_CERT_FILE"] = Path.Combine(_folder, "authority.pem"),
        ["SSL_CERT_DIR"] = _folder,
        ["DOTNET_gcServer"] = "1",
        ["ASPNETCORE_URLS"] = "http://0.0.0.0:1",
    };
}
