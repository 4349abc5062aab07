namespace Phala.Contracts.Analyzers;

/// <summary>Names of the SDK that the generator and the analyzer look for.</summary>
internal static class KnownNames
{
    internal const string Sdk = "Phala.Contracts";
    internal const string Hosting = Sdk + ".Hosting";
    internal const string GlobalHosting = "global::" + Hosting;
    internal const string GlobalStorage = "global::" + Sdk + ".Storage";
    internal const string Contract = Sdk + ".Contract";
    internal const string ContractAttribute = Sdk + ".ContractAttribute";
    internal const string ConstructorAttribute = Sdk + ".ConstructorAttribute";
    internal const string CommandAttribute = Sdk + ".CommandAttribute";
    internal const string QueryAttribute = Sdk + ".QueryAttribute";
    internal const string EventAttribute = Sdk + ".EventAttribute";
    internal const string TopicAttribute = Sdk + ".TopicAttribute";
    internal const string InterfaceAttribute = Sdk + ".ContractInterfaceAttribute";
    internal const string StorageKeyAttribute = Sdk + ".StorageKeyAttribute";
    internal const string QueryContext = Sdk + ".Queries.QueryContext";
    internal const string AccountId = Sdk + ".AccountId";
    internal const string Hash = Sdk + ".Hash";
}
