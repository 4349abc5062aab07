using System.Net;
using System.Text;
using System.Text.Json;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Tests.Clusters.Wasm;
using Phala.Tests.Worker.Contracts;
using Phala.Trie;
using Phala.Worker.Attestation;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>The program as it is started by an operator, and by a hostile host.</summary>
public sealed class PruntimeTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> Plain = new Dictionary<string, string>();
    private readonly string _folder = Directory.CreateTempSubdirectory("pruntime-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The most important test of the repository: the trusted program is what it is said to be, and nothing else.</summary>
    [Fact]
    public async Task The_worker_loads_the_listed_assemblies_and_no_others()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Loaded files are read from /proc.");
        using TestAuthority authority = new("An authority");
        using RawServer server = new(RawServer.Ok("protected"), authority.Issue("localhost"));
        string authorities = Path.Combine(_folder, "authorities.pem");
        await File.WriteAllTextAsync(authorities, authority.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        using PruntimeProcess worker = new(Plain, [.. Arguments(), "--contract-http-loopback", "--contract-http-authorities", authorities]);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{await worker.PortAsync("private")}") };
        DriveThroughEverything(http, $"https://localhost:{server.Port}/");
        Assert.Single(server.Requests);
        string[] loaded =
        [
            .. (await File.ReadAllLinesAsync($"/proc/{worker.Id}/maps", TestContext.Current.CancellationToken))
                .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length == 6).Select(parts => parts[5])
                .Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Select(path => Path.GetFileNameWithoutExtension(path)!).Distinct().Order(StringComparer.Ordinal),
        ];
        string[] allowed = [.. (await File.ReadAllLinesAsync(Repository.Path("docs/worker-assemblies.txt"), TestContext.Current.CancellationToken)).Where(line => line.Length > 0 && line[0] != '#')];
        Assert.True(allowed.SequenceEqual(loaded), $"Not listed: {string.Join(' ', loaded.Except(allowed))}. Not loaded: {string.Join(' ', allowed.Except(loaded))}.");
        worker.Signal("TERM");
        Assert.Equal(0, (await worker.EndAsync()).Code);
    }

    [Fact]
    public async Task It_says_that_nothing_vouches_for_it_and_does_not_start_where_nobody_knows_that()
    {
        using PruntimeProcess refused = new(Plain, "--data-dir", _folder, "--port", "0", "--no-public");
        (int code, _) = await refused.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("--insecure-dev-attestation", Assert.Single(refused.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_is_said_in_a_line()
    {
        using PruntimeProcess wrong = new(Plain, "--query-timeout", "1");
        (int code, _) = await wrong.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains("--query-timeout is a number from 5 to 600.", wrong.Lines);
    }

    [Fact]
    public async Task It_prints_the_measurement_of_its_published_files()
    {
        using PruntimeProcess worker = new(Plain, "measurement", "--json");
        (int code, string output) = await worker.EndAsync();
        Assert.Equal(0, code);
        using JsonDocument printed = JsonDocument.Parse(output);
        Assert.Equal(Hex.Format(ProgramMeasurement.OfFolder(PruntimeProcess.Folder).AsSpan()), printed.RootElement.GetProperty("measurement").GetString());
    }

    [Fact]
    public async Task It_ends_with_its_input_and_its_folder_is_free_then()
    {
        using PruntimeProcess worker = new(Plain, [.. Arguments(), "--stop-with-input", "--log-format", "json"]);
        Assert.NotNull(await worker.ReadUntilAsync("(private)"));
        using (PruntimeProcess second = new(Plain, Arguments()))
        {
            Assert.Equal(1, (await second.EndAsync()).Code);
            Assert.Contains(second.Lines, line => line.Contains("is in use by another worker", StringComparison.Ordinal));
        }

        worker.Input.Close();
        Assert.Equal(0, (await worker.EndAsync()).Code);
        Assert.All(worker.Lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        using PruntimeProcess next = new(Plain, Arguments());
        Assert.True(await next.PortAsync("private") > 0);
        next.Signal("INT");
        Assert.Equal(0, (await next.EndAsync()).Code);
    }

    [Fact]
    public async Task A_damaged_seal_is_said_and_left_as_it_is()
    {
        using (PruntimeProcess first = new(Plain, Arguments()))
        {
            _ = await first.PortAsync("private");
            first.Signal("TERM");
            Assert.Equal(0, (await first.EndAsync()).Code);
        }

        string path = Path.Combine(_folder, "identity.seal");
        byte[] seal = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        seal[^1] ^= 1;
        await File.WriteAllBytesAsync(path, seal, TestContext.Current.CancellationToken);
        using PruntimeProcess refused = new(Plain, Arguments());
        Assert.Equal(3, (await refused.EndAsync()).Code);
        Assert.Contains(refused.Lines, line => line.Contains("identity.seal", StringComparison.Ordinal));
        Assert.Equal(seal, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(path));
    }

    private string[] Arguments() => ["--insecure-dev-attestation", "--data-dir", _folder, "--port", "0", "--public-port", "0"];

    /// <summary>A worker that has done all it does: followed a chain, become gatekeeper, executed commands, answered queries, asked a server for a contract, written a snapshot.</summary>
    private static void DriveThroughEverything(HttpClient http, string server)
    {
        byte[]? Call(string method, byte[] body)
        {
            using ByteArrayContent content = new(body);
            using HttpResponseMessage response = http.PostAsync(new Uri(PrpcMethods.PathPrefix + method, UriKind.Relative), content).GetAwaiter().GetResult();
            return response.StatusCode == HttpStatusCode.OK ? response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult() : null;
        }

        WorkerWorld world = new(workers: 0);
        TestRelayer relayer = new(Call);
        world.Add(relayer);
        world.BeginCluster();
        world.Store(ClusterQueries.Alice, "door", 42);
        world.Pallets.Push(ClusterWorld.Operation(new ClusterOperation.UploadResource(WorkerWorld.Owner, ClusterWorld.Id, ResourceType.InkCode, Vec.Create<byte>(ProbeContract.Code))));
        world.Pallets.Push(ClusterWorld.Instantiate(WorkerWorld.Owner, ProbeContract.CodeHash, [], new ProbeScript().End(), ProbeWorld.Gas));
        world.Settle();
        Assert.Equal(3, world.Pallets.Accepted.Count(message => message.Message.Destination == Topics.ContractRegistryEvent));
        Assert.Equal([0, 0, 4, 42], ClusterQueries.Read(Call, world, relayer.Status, ClusterQueries.Alice));
        Assert.Contains("protected", Fetch(Call, world, relayer.Status, server), StringComparison.Ordinal);
        Assert.NotNull(Call(PrpcMethods.TakeCheckpoint, []));
        Assert.Equal(ProtoError.None, PhactoryInfo.Schema.Decode(Call(PrpcMethods.GetInfo, []), out PhactoryInfo info));
        Assert.True(info.Serving, info.NotServingReason);
        Assert.NotEmpty(http.GetStringAsync(new Uri("/metrics", UriKind.Relative)).GetAwaiter().GetResult());
        Assert.NotEmpty(http.GetStringAsync(new Uri("/info", UriKind.Relative)).GetAwaiter().GetResult());
    }

    /// <summary>What the probe gets where it asks a server.</summary>
    private static string Fetch(Func<string, byte[], byte[]?> call, WorkerWorld world, SyncStatus status, string url)
    {
        byte[] asked = Scale.Encode(HttpWorld.Request(url));
        byte[] script = new ProbeScript().Write(0x400, asked).Ask("seal0", "call_chain_extension", 200, (long)ExtensionFunction.HttpRequest, 0x400, asked.Length).End();
        Hash256 probe = Phala.Runtime.Interface.Clusters.ContractId.Of(WorkerWorld.Owner, ProbeContract.CodeHash, ClusterWorld.Id, []);
        QueryAnswer answer = ClusterQueries.Ask(call, world, status, ClusterQueries.Request(world, script) with { Contract = probe }, Actor.Alice);
        return Encoding.UTF8.GetString(Assert.IsType<QueryOutcome.Returned>(answer.Outcome).Data.AsSpan());
    }
}
