using System.Security.Cryptography;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Runtime.Interface.Keys;

namespace Phala.Worker.Contracts;

/// <summary>What contracts of a worker work with: their code, and what their queries may reach beyond the cluster's state.</summary>
/// <param name="codes">The contracts of the program, and what is compiled of others.</param>
/// <param name="http">What sends their requests.</param>
/// <param name="time">The machine's clock.</param>
internal sealed class ContractSurroundings(ContractCodes codes, ContractHttp http, TimeProvider time)
{
    private QueryHost? _host;

    /// <summary>The code of contracts.</summary>
    public ContractCodes Codes => codes;

    /// <summary>What the worker remembers for contracts.</summary>
    public ContractCache Cache { get; } = new(time);

    /// <summary>What queries may reach on a worker.</summary>
    /// <param name="worker">The worker's identity.</param>
    public QueryHost HostFor(in Sr25519PublicKey worker) => _host ??= new QueryHost
    {
        SendHttp = http.Send,
        Draw = static bytes => RandomNumberGenerator.Fill(bytes),
        ReadClock = () => (ulong)time.GetUtcNow().ToUnixTimeMilliseconds(),
        Worker = worker,
        Remember = (contract, weight, key, value) => Cache.TrySet(contract, weight, key, value),
        SetExpiration = (contract, key, seconds) => Cache.SetExpiration(contract, key, seconds),
        Recall = (contract, key) => Cache.Get(contract, key),
        Forget = (contract, key) => Cache.Remove(contract, key),
    };
}
