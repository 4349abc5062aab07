using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Dev;

/// <summary>The auction of the samples, written in C# and compiled to WebAssembly when this program was built, on a development network's cluster.</summary>
internal sealed class DevAuction
{
    private const string FileName = "SealedBidAuction.contract";
    private const ulong ConstructorGas = 400_000_000_000;
    private readonly ChainClient _chain;
    private readonly ContractFile _file;
    private readonly ContractClient _contract;

    private DevAuction(ChainClient chain, ContractFile file, ContractClient contract) => (_chain, _file, _contract) = (chain, file, contract);

    /// <summary>Makes one: brings its code to the cluster, where that is not there, and has it begin.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="seller">Who sells.</param>
    /// <param name="item">What is sold.</param>
    /// <param name="duration">For how long bids are taken.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <exception cref="SetupException">The file is not beside this program.</exception>
    public static async Task<ClientResult<DevAuction>> BeginAsync(ClusterClient cluster, AccountSigner seller, string item, TimeSpan duration, CancellationToken stop)
    {
        ContractFile file = Read();
        ContractDeployer deployer = new(cluster);
        ClientResult<SystemAnswer<bool>> known = await deployer.Codes.HasAsync(file.CodeHash, stop).ConfigureAwait(false);
        if (!known.TryGet(out SystemAnswer<bool>? has, out ClientFailure? failure)) return failure;
        if (!has.Value)
        {
            ClientResult<UploadedCode> uploaded = await deployer.UploadAsync(seller, file.Code!.Value, file.CodeHash, stop).ConfigureAwait(false);
            if (!uploaded.IsOk) return uploaded.Failure!;
        }

        byte[] input = Encode(file, file.Constructors, "new", $"\"{item}\"", $"{(ulong)duration.TotalMilliseconds}"), salt = Guid.NewGuid().ToByteArray();
        ClientResult<DeployedContract> made = await deployer.InstantiateAsync(seller, file.CodeHash, input, salt, ConstructorGas, 0, stop: stop).ConfigureAwait(false);
        return made.Then<DevAuction>(there => new DevAuction(cluster.Chain, file, cluster.Contract(there.Id)));
    }

    /// <summary>Sends a command, and verifies its receipt.</summary>
    public async Task<ClientResult<VerifiedReceipt>> SendAsync(AccountSigner sender, string message, UInt128 value, CancellationToken stop)
    {
        ClientResult<SentCommand> sent = await _contract.SendAsync(sender, Encode(_file, _file.Messages, message), new CommandOptions { Transfer = value }, stop).ConfigureAwait(false);
        if (!sent.TryGet(out SentCommand? command, out ClientFailure? failure)) return failure;
        using (command) return await command.ReceiptAsync(sender, stop).ConfigureAwait(false);
    }

    /// <summary>Asks, and verifies the answer.</summary>
    /// <returns>The answer, and what it says.</returns>
    public async Task<ClientResult<(VerifiedAnswer Answer, JsonNode? Value)>> AskAsync(AccountSigner caller, string message, CancellationToken stop)
    {
        ClientResult<VerifiedAnswer> asked = await _contract.QueryAsync(Encode(_file, _file.Messages, message), caller, stop).ConfigureAwait(false);
        return asked.Then<(VerifiedAnswer, JsonNode?)>(answer => Decode(message, answer.Result()) is { } value ? (answer, value) : new ClientFailure(ClientError.Undecodable, $"What '{message}' answers is not what it should be."));
    }

    /// <summary>Waits until a command would succeed as things are; asks at each new final block.</summary>
    /// <param name="sender">Who would send it.</param>
    /// <param name="message">The command.</param>
    /// <param name="blocks">For how many blocks.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>Why it would not; null where it would.</returns>
    public async Task<ClientFailure?> UntilAsync(AccountSigner sender, string message, int blocks, CancellationToken stop)
    {
        ClientResult<ClientSubscription<Header>> subscribed = await _chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false);
        if (!subscribed.TryGet(out ClientSubscription<Header>? heads, out ClientFailure? trouble)) return trouble;
        await using ConfiguredAsyncDisposable ending = heads.ConfigureAwait(false);
        for (int block = 0; block < blocks; block++)
        {
            ClientResult<Estimate<ContractExecResult>> asked = await _contract.EstimateAsync(sender, Encode(_file, _file.Messages, message), stop: stop).ConfigureAwait(false);
            if (!asked.TryGet(out Estimate<ContractExecResult>? estimate, out ClientFailure? failure)) return failure;
            if (estimate.Result.Result.TryGet(out ExecReturnValue? value, out DispatchError _) && !value.IsReverted) return null;
            ClientResult<Header> news = await heads.NextAsync(stop).ConfigureAwait(false);
            if (!news.IsOk) return news.Failure;
        }

        return new ClientFailure(ClientError.Refused, $"'{message}' would still fail {blocks} blocks later.");
    }

    private JsonNode? Decode(string message, ClientResult<ContractExecResult> result) =>
        result.TryGet(out ContractExecResult? run, out _) && run.Result.TryGet(out ExecReturnValue? value, out _) && _file.TryDecodeOutput(ContractFile.Find(_file.Messages, message)!, value.Data.AsSpan(), out JsonNode? read) is null
            ? read ?? JsonValue.Create("nothing")
            : null;

    private static ContractFile Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!File.Exists(path)) throw new SetupException($"{FileName} is not beside this program: build the whole solution (dotnet build -c Release).");
        return ContractFile.TryRead(File.ReadAllBytes(path), out ContractFile? file) is { } fault ? throw new SetupException($"{path} is damaged: {fault}.") : file!;
    }

    private static byte[] Encode(ContractFile file, IReadOnlyList<ContractFunction> functions, string name, params string[] arguments)
    {
        ContractFunction function = ContractFile.Find(functions, name) ?? throw new InvalidOperationException($"The auction has no '{name}'.");
        return file.TryEncode(function, arguments, out byte[] input) is { } wrong ? throw new InvalidOperationException(wrong) : input;
    }
}
