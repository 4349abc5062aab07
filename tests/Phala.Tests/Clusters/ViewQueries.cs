using Phala.Chain;
using Phala.Clusters.Queries;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters;

internal static class ViewQueries
{
    /// <summary>A query that ends with the test.</summary>
    public static QueryRun Ask(this ClusterView view, in Hash256 contract, InkQueryData data, AccountId? caller, ulong gas) =>
        view.Query(contract, data, caller, gas, TestContext.Current.CancellationToken);
}
