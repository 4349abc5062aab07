using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Phala.Client.Hosting;

/// <summary>The client as a service.</summary>
public static class PhalaClientServices
{
    /// <summary>Names of hosts are looked up again after so long.</summary>
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    /// <summary>Adds <see cref="PhalaNetwork"/>: one for the program, connected when it is first used.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Says which chain, and what is insisted on; null for a development chain on this machine.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The container owns the client, and disposes of it with the network.")]
    public static IServiceCollection AddPhalaClient(this IServiceCollection services, Action<PhalaClientOptions>? configure = null)
    {
        PhalaClientOptions options = new();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddKeyedSingleton(typeof(PhalaNetwork), (_, _) => new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife }));
        services.AddSingleton(provider => new PhalaNetwork(options, provider.GetRequiredKeyedService<HttpClient>(typeof(PhalaNetwork))));
        return services;
    }
}
