using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Attestation;
using Phala.Worker.Host;
using Phala.Worker.Options;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>What an operator may open to contracts: for development, and said to be so.</summary>
public sealed class ContractOptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contract-options-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Contracts_reach_the_machine_only_where_nobody_relies_on_it()
    {
        Assert.Empty(Parse("--insecure-dev-attestation", "--contract-http-loopback", "--contract-http-authorities", "some.pem").Errors);
        Assert.All((string[][])[["--contract-http-loopback"], ["--contract-http-authorities", "some.pem"]], line => Assert.Contains("for development", Assert.Single(Parse(line).Errors).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_said_is_closed()
    {
        WorkerOptions closed = Read("--insecure-dev-attestation"), open = Read("--insecure-dev-attestation", "--contract-http-loopback", "--contract-http-authorities", "some.pem");
        Assert.Equal((false, null), (closed.AllowContractLoopback, closed.ContractAuthorities));
        Assert.Equal((true, Path.GetFullPath("some.pem")), (open.AllowContractLoopback, open.ContractAuthorities));
    }

    [Fact]
    public async Task A_file_of_authorities_that_holds_none_is_said()
    {
        using TestAuthority authority = new("An authority");
        string missing = Path.Combine(_folder, "missing.pem"), wrong = Path.Combine(_folder, "wrong.pem"), right = Path.Combine(_folder, "right.pem");
        await File.WriteAllTextAsync(wrong, "words", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(right, authority.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        foreach (string file in (string[])[missing, wrong])
        {
            (WorkerHost? none, WorkerProblem? problem) = await StartAsync(file);
            Assert.Null(none);
            Assert.Equal(new WorkerProblem($"{file} holds no PEM certificates.", 1), problem);
        }

        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
        (WorkerHost? worker, _) = await StartAsync(right);
        Assert.NotNull(worker);
        await worker.DisposeAsync();
    }

    private static ParseResult Parse(params string[] line) => RunCommand.Create(() => Stream.Null).Parse(line);

    private static WorkerOptions Read(params string[] line)
    {
        WorkerCommand command = new();
        RootCommand root = new("test");
        command.AddTo(root);
        return command.Read(root.Parse(line));
    }

    private Task<(WorkerHost? Worker, WorkerProblem? Problem)> StartAsync(string authorities)
    {
        WorkerOptions options = new() { DataDir = Path.Combine(_folder, "data"), Private = new(System.Net.IPAddress.Loopback, 0), Public = null, ContractAuthorities = authorities };
        return WorkerHost.StartAsync(options, new InsecureDevAttestation(new Measurement([.. Enumerable.Repeat((byte)7, Measurement.Size)])), NullLoggerFactory.Instance, TimeProvider.System);
    }
}
