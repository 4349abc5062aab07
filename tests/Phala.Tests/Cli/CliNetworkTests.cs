using Xunit;

namespace Phala.Tests.Cli;

/// <summary>Tests of commands share one network.</summary>
[CollectionDefinition(Name)]
public sealed class CliNetworkTests : ICollectionFixture<CliNetwork>
{
    public const string Name = "commands on one network";
}
