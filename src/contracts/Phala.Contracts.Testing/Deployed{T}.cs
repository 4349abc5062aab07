using System.Linq.Expressions;
using Phala.Contracts.Queries;
using Phala.Contracts.Testing.Calls;
using Phala.Trie;

namespace Phala.Contracts.Testing;

/// <summary>A contract of a test's cluster, as an account calls it.</summary>
/// <typeparam name="T">Its class.</typeparam>
public sealed class Deployed<T>
    where T : Contract
{
    private readonly TestCluster _cluster;
    private readonly ContractArtifact _artifact;
    private readonly UInt128 _value;

    internal Deployed(TestCluster cluster, ContractArtifact artifact, AccountId address, AccountId caller, UInt128 value) =>
        (_cluster, _artifact, Address, Caller, _value) = (cluster, artifact, address, caller, value);

    /// <summary>The contract.</summary>
    public AccountId Address { get; }

    /// <summary>Who calls: Alice, unless <see cref="As"/> says otherwise.</summary>
    public AccountId Caller { get; }

    /// <summary>What it stores, in the order of the keys.</summary>
    public IReadOnlyList<StoredEntry> Storage => _cluster.StorageOf(new Hash256(Address.ToArray()));

    /// <summary>The context that a call of a query names: the query is given a real one.</summary>
    public static QueryContext Context => null!;

    /// <summary>The contract, as another account calls it.</summary>
    public Deployed<T> As(AccountId caller) => new(_cluster, _artifact, Address, caller, _value);

    /// <summary>The contract, called with tokens.</summary>
    public Deployed<T> With(UInt128 value) => new(_cluster, _artifact, Address, Caller, value);

    /// <summary>Sends a command, such as <c>auction => auction.Bid(5)</c>.</summary>
    /// <exception cref="ContractException">It did not return.</exception>
    public void Send(Expression<Action<T>> command) => Run(command, isQuery: false);

    /// <summary>Sends a command, and tells what it returned.</summary>
    /// <exception cref="ContractException">It did not return.</exception>
    public TResult Send<TResult>(Expression<Func<T, TResult>> command) => (TResult)Run(command, isQuery: false)!;

    /// <summary>Asks.</summary>
    /// <exception cref="ContractException">There was no answer.</exception>
    public TResult Query<TResult>(Expression<Func<T, TResult>> query) => (TResult)Run(query, isQuery: true)!;

    /// <summary>Asks for nothing but whether it returns; what a command would change is dropped.</summary>
    /// <exception cref="ContractException">It did not return.</exception>
    public void Query(Expression<Action<T>> query) => Run(query, isQuery: true);

    private object? Run(LambdaExpression lambda, bool isQuery)
    {
        MessageCall call = MessageCall.Of(_artifact, lambda);
        Hash256 contract = new(Address.ToArray());
        _cluster.ForgetFault();
        CallEnd end = isQuery ? _cluster.Query(Caller, contract, call, _value) : _cluster.Send(Caller, contract, call, _value);
        return end.Require(call, _cluster.LastFault);
    }
}
