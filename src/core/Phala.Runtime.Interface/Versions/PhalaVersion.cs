using Phala.Runtime.Interface.Apis;

namespace Phala.Runtime.Interface.Versions;

/// <summary>The versions of the Phala runtime.</summary>
public static class PhalaVersion
{
    /// <summary>The first spec version; a chain may begin with any that is known.</summary>
    public const uint OldestSpec = 1000;

    /// <summary>The latest spec version that this program knows how to execute.</summary>
    public const uint LatestSpec = 1001;

    /// <summary>The version of calls' indices and arguments.</summary>
    public const uint Transaction = 1;

    /// <summary>The APIs that the runtime answers, by name and version.</summary>
    public static IReadOnlyList<(string Name, uint Version)> Apis { get; } = [.. RuntimeApis.All.Select(api => (api.Name, api.Version))];

    /// <summary>The whole version for a spec version.</summary>
    public static RuntimeVersion Of(uint specVersion) => new(
        "phala-node",
        "phala-csharp",
        1,
        specVersion,
        1,
        [.. Apis.Select(api => new ApiVersion(ApiId.Of(api.Name), api.Version))],
        Transaction,
        1);
}
