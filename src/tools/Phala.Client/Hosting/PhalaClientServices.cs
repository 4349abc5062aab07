using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Phala.Client.Hosting;

/// <summary>Registers the client with a program's services.</summary>
public static class PhalaClientServices
{
    /// <summary>The name of the <see cref="HttpClient"/> that workers are asked with: it can be configured by it.</summary>
    public const string HttpClientName = "Phala.Client";

    /// <summary>Adds a <see cref="PhalaConnection"/> that is made when it is first needed.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which chain and cluster.</param>
    public static IServiceCollection AddPhalaClient(this IServiceCollection services, Action<PhalaClientOptions>? configure = null)
    {
        services.AddHttpClient(HttpClientName);
        if (configure is not null) services.Configure(configure);
        services.AddSingleton(provider => new PhalaConnection(
            provider.GetRequiredService<IOptions<PhalaClientOptions>>().Value,
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        return services;
    }
}
