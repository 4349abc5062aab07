using Phala.Client.Clusters;

namespace Phala.Client.Hosting;

/// <summary>Which chain a program uses, and what it insists on.</summary>
public sealed class PhalaClientOptions
{
    /// <summary>A node's address.</summary>
    public Uri Node { get; set; } = new("ws://127.0.0.1:9944");

    /// <summary>How to talk to the node. Name the chain's genesis here: all trust follows from it.</summary>
    public ClientOptions Chain { get; set; } = new();

    /// <summary>What is insisted on where clusters are used.</summary>
    public ClusterOptions Cluster { get; set; } = new();
}
