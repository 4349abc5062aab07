using System.CommandLine;
using Phala.Cli.Contracts;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Fuzz.Targets.Client;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>Why something is not sent, in words, and what can be done.</summary>
public sealed class NotSentTests
{
    private static readonly VerifiedAnswer Unanchored = new(default, new ClusterMember(default, null!, new Uri("http://worker.example:8001")), null!, Anchoring.Unanchored, TimeSpan.FromSeconds(1.5));
    private readonly ContractFile _file = ContractFile.TryRead(ContractFileSamples.Five, out ContractFile? file) is null ? file! : throw new InvalidOperationException();

    [Theory]
    [InlineData((byte)ContractError.StorageDepositNotEnoughFunds, "would fail: Contracts.StorageDepositNotEnoughFunds", "the sender does not have in the cluster what is locked for what is stored")]
    [InlineData((byte)ContractError.TransferFailed, "would fail: Contracts.TransferFailed", "who pays, the sender or a contract, does not have the tokens in the cluster")]
    public void Who_lacks_tokens_is_told_how_to_deposit(byte error, string result, string why)
    {
        CliRun run = Report(Result<ExecReturnValue, DispatchError>.Err(DispatchError.Module(4, error)), sendsReverts: true, out bool isRefused);
        Assert.True(isRefused);
        Assert.Equal((result, why, "no", "Unanchored", "1.5"), (run.Line("result"), run.Line("why"), run.Line("sent"), run.Line("state"), run.Line("age seconds")));
        Assert.StartsWith("'phala tx deposit AMOUNT' moves PHA", run.Line("remedy"), StringComparison.Ordinal);
        Assert.Equal("a worker's answer alone: the chain does not hold its state yet (--anchored waits for that)", run.Line("decided by"));
    }

    [Fact]
    public void Other_errors_have_no_remedy()
    {
        CliRun run = Report(Result<ExecReturnValue, DispatchError>.Err(DispatchError.Module(4, 11)), sendsReverts: true, out bool isRefused);
        Assert.True(isRefused);
        Assert.Equal("would fail: Contracts.ContractTrapped", run.Line("result"));
        Assert.DoesNotContain("remedy", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u, false, false)]
    [InlineData(0u, true, false)]
    [InlineData(ExecReturnValue.RevertFlag, false, true)]
    [InlineData(ExecReturnValue.RevertFlag, true, false)]
    public void What_the_contract_would_revert_is_sent_only_where_the_gas_was_given(uint flags, bool isGasGiven, bool isExpected)
    {
        CliRun run = Report(Result<ExecReturnValue, DispatchError>.Ok(new ExecReturnValue(flags, default)), isGasGiven, out bool isRefused);
        Assert.Equal((isExpected, isExpected), (isRefused, run.Output.Length > 0));
    }

    [Fact]
    public void Errors_of_contracts_have_the_names_that_their_numbers_mean()
    {
        Assert.All(Enum.GetValues<ContractError>(), error => Assert.Equal($"Contracts.{error}", ContractErrorName.Of(DispatchError.Module(4, (byte)error))));
        Assert.Equal("Contracts.Indeterministic", ContractErrorName.Of(DispatchError.Module(4, 26)));
        Assert.Equal("Pink.KeySeedMissing", ContractErrorName.Of(DispatchError.Module(5, 3)));
        Assert.Equal(("Module 4, error 27", "Module 5, error 6", "Module 40, error 1", "BadOrigin"), (
            ContractErrorName.Of(DispatchError.Module(4, 27)), ContractErrorName.Of(DispatchError.Module(5, 6)), ContractErrorName.Of(DispatchError.Module(40, 1)), ContractErrorName.Of(DispatchError.BadOrigin)));
    }

    [Fact]
    public void Of_several_answers_the_least_is_told()
    {
        VerifiedAnswer anchored = Unanchored with { Anchoring = Anchoring.Anchored, Age = TimeSpan.FromSeconds(9), Member = Unanchored.Member with { Address = new Uri("http://other.example") } };
        Assert.Equal([("worker", "http://worker.example:8001/, http://other.example/"), ("ageSeconds", "9.0"), ("state", "Unanchored")], Witness.Of(Unanchored, anchored, Unanchored));
        Assert.Equal("Anchored", Witness.Of(anchored, anchored)[2].Value);
        Assert.Equal("a worker's answer, whose state the chain holds", Witness.OfDecision(anchored)[^1].Value);
        Assert.StartsWith("a worker's answer alone", Witness.OfDecision(anchored, Unanchored)[^1].Value, StringComparison.Ordinal);
    }

    private CliRun Report(Result<ExecReturnValue, DispatchError> result, bool sendsReverts, out bool isRefused)
    {
        bool refused = false;
        RootCommand command = [];
        command.SetAction(line => refused = new NotSent(line, isJson: false).IfRefused(_file, _file.Messages[0], result, sendsReverts, Unanchored));
        using StringWriter output = new();
        int code = command.Parse([]).Invoke(new InvocationConfiguration { Output = output, Error = output });
        isRefused = refused;
        return new CliRun(code, output.ToString(), "");
    }
}
