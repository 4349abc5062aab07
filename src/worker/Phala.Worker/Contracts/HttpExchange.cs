using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Phala.Clusters.Pink;
using Phala.Codec;

namespace Phala.Worker.Contracts;

/// <summary>One request of a contract, with the redirects that its answer may be, over connections that no other request has.</summary>
/// <param name="options">What may be reached, and who vouches.</param>
/// <param name="limit">How long it may take.</param>
/// <param name="deadline">When it is given up: after that time.</param>
internal sealed class HttpExchange(ContractHttpOptions options, TimeSpan limit, CancellationToken deadline)
{
    /// <summary>The most redirects that are followed.</summary>
    public const int MostRedirects = 10;

    /// <summary>The most bytes of an answer's headers, in units of 1024.</summary>
    private const int LongestHeaders = 64;

    /// <summary>The purpose that a server's certificate must be for.</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly GuardedConnections _connections = new(options, deadline);

    /// <summary>Sends a request and reads the answer.</summary>
    /// <returns>The answer; status 523 where there is none, in a word why; or a failure.</returns>
    public async Task<Result<HttpResponse, HttpFailure>> RunAsync(HttpRequest request)
    {
        if (!OutgoingRequest.TryRead(request, out OutgoingRequest? outgoing, out HttpFailure failure)) return Fail(failure);
        if (!CanSpeakTo(outgoing.Target)) return Fail(HttpFailure.FailedToCreateClient);
        using HttpMessageInvoker client = new(CreateHandler());
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage message = outgoing.ToMessage();
            HttpResponseMessage response;
            try
            {
                response = await client.SendAsync(message, deadline).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                return WhyNot(exception);
            }

            using (response)
            {
                if (LocationOf(response) is not { } location) return await AnswerReader.ReadAsync(response, deadline).ConfigureAwait(false);
                if (redirects == MostRedirects) return Unreachable("TooManyRedirects");
                if (outgoing.Follow(response.StatusCode, location) is not { } next) return Fail(HttpFailure.NotAllowed);
                if (!CanSpeakTo(next.Target)) return Unreachable("NoAuthorities");
                outgoing = next;
            }
        }
    }

    /// <summary>Nobody is believed whom the host chose, and nothing is asked of servers that a certificate names.</summary>
    private static X509ChainPolicy ChainPolicyOf(X509Certificate2Collection authorities)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }

    /// <summary>Where an answer sends to; null where it is no redirect.</summary>
    private static string? LocationOf(HttpResponseMessage response)
    {
        bool redirects = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        return redirects && response.Headers.NonValidated.TryGetValues("Location", out System.Net.Http.Headers.HeaderStringValues values) ? values.First() : null;
    }

    private static Result<HttpResponse, HttpFailure> Fail(HttpFailure failure) => Result<HttpResponse, HttpFailure>.Err(failure);

    private static Result<HttpResponse, HttpFailure> Unreachable(string why) =>
        Result<HttpResponse, HttpFailure>.Ok(new HttpResponse(HttpResponse.Unreachable, "Unreachable", default, Vec.Create<byte>(Encoding.UTF8.GetBytes(why))));

    private bool CanSpeakTo(Uri target) => target.Scheme != Uri.UriSchemeHttps || options.Authorities.Count > 0;

    /// <summary>A word of a closed list: texts of exceptions would tell of the machine.</summary>
    private Result<HttpResponse, HttpFailure> WhyNot(Exception exception)
    {
        if (_connections.IsRefused) return Fail(HttpFailure.NotAllowed);
        if (deadline.IsCancellationRequested || exception is OperationCanceledException) return Unreachable("Timeout");
        if (exception is not HttpRequestException { HttpRequestError: var error }) return Unreachable(nameof(HttpRequestError.Unknown));
        return error == HttpRequestError.ConfigurationLimitExceeded ? Fail(HttpFailure.TooManyHeaders) : Unreachable(error.ToString());
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = _connections.ConnectAsync,
        ConnectTimeout = limit,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = LongestHeaders,
        MaxResponseDrainSize = 0,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = ChainPolicyOf(options.Authorities),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowTlsResume = false,
        },
    };
}
