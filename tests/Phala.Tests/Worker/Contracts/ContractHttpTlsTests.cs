using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Phala.Clusters.Pink;
using Phala.Worker.Contracts;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>Whom contracts believe: servers with a certificate of a given authority, for their name, their time and their purpose.</summary>
public sealed class ContractHttpTlsTests : IDisposable
{
    private const string Host = "server.test";

    private readonly TestAuthority _authority = new("An authority"), _other = new("Another authority");

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_server_with_a_certificate_of_a_given_authority_is_believed()
    {
        using TestAuthority between = new("Between", _authority);
        foreach (SslStreamCertificateContext certificate in (SslStreamCertificateContext[])[_authority.Issue(Host), between.Issue(Host)])
        {
            using RawServer server = new(RawServer.Ok("protected"), certificate);
            HttpResponse response = World().Answer(HttpWorld.Request(Url(server)));
            Assert.Equal("protected", HttpWorld.Text(response));
        }
    }

    [Fact]
    public void No_other_server_is()
    {
        AssertRefused(_other.Issue(Host));
        AssertRefused(_authority.Issue("other.test"));
        AssertRefused(_authority.Issue(Host, isExpired: true));
        AssertRefused(_authority.Issue(Host, TestAuthority.ForClients));
    }

    /// <summary>A certificate may name where its issuer's is to be had; asking there would be a request that nobody guards.</summary>
    [Fact]
    public void Nothing_is_fetched_that_a_certificate_names()
    {
        using TestAuthority between = new("Between", _authority);
        byte[] issuer = between.Certificate.RawData;
        using RawServer bait = new(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\nContent-Length: {issuer.Length}\r\n\r\n"));
            await stream.WriteAsync(issuer);
        });
        AssertRefused(between.Issue(Host, sendIssuer: false, issuerUrl: bait.Url + "issuer.cer"));
        Assert.Equal(0, bait.Connections);
    }

    [Fact]
    public void Without_authorities_there_is_no_https()
    {
        using RawServer server = new(RawServer.Ok("protected"), _authority.Issue(Host)), open = new(RawServer.Redirect($"https://{Host}:{server.Port}/"));
        HttpWorld world = new HttpWorld().Name(Host, ["127.0.0.1"]);
        HttpWorld.AssertFailed(HttpFailure.FailedToCreateClient, world.Get(Url(server)));
        HttpWorld.AssertUnreachable("NoAuthorities", world.Get(open.Url));
        Assert.Equal((0, 1), (server.Connections, open.Connections));
    }

    [Fact]
    public void A_redirect_leads_up_to_https_and_never_down()
    {
        using RawServer top = new(RawServer.Ok("top"), _authority.Issue(Host)), bottom = new(RawServer.Ok("bottom"));
        using RawServer up = new(RawServer.Redirect(Url(top))), down = new(RawServer.Redirect(bottom.Url), _authority.Issue(Host)), across = new(RawServer.Redirect(Url(top)), _authority.Issue(Host));
        Assert.Equal("top", HttpWorld.Text(World().Answer(HttpWorld.Request(up.Url))));
        Assert.Equal("top", HttpWorld.Text(World().Answer(HttpWorld.Request(Url(across)))));
        HttpWorld.AssertFailed(HttpFailure.NotAllowed, World().Get(Url(down)));
        Assert.Equal((1, 0), (down.Requests.Count, bottom.Connections));
    }

    [Fact]
    public void An_address_is_guarded_before_anybody_shows_a_certificate()
    {
        using RawServer server = new(RawServer.Ok("protected"), _authority.Issue(Host));
        HttpWorld world = new HttpWorld(allowLoopback: false, _authority.Anchors).Name(Host, ["127.0.0.1"]);
        HttpWorld.AssertFailed(HttpFailure.NotAllowed, world.Get(Url(server)));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public void Authorities_are_read_from_certificates_and_from_nothing_else()
    {
        string one = _authority.Certificate.ExportCertificatePem(), two = _other.Certificate.ExportCertificatePem();
        Assert.True(Authorities.TryRead($"words\n{one}\n# more\n{two}\n", out var found));
        Assert.Equal([_authority.Certificate.Thumbprint, _other.Certificate.Thumbprint], found.Select(each => each.Thumbprint));
        Assert.All((string[])["", "words", one.Replace("MII", "AAA", StringComparison.Ordinal), one[..(one.Length / 2)]], text => Assert.False(Authorities.TryRead(text, out _)));
    }

    /// <summary>Each certificate in the file stands below its SHA-256: who reviews a change of the list compares that with what the authority publishes.</summary>
    [Fact]
    public void The_program_believes_the_authorities_of_its_list()
    {
        string[] listed = [.. File.ReadLines(Testing.Repository.Path("src/worker/Phala.Worker/Contracts/authorities.pem")).Where(line => line.Length == 64 && line.All(char.IsAsciiHexDigitLower))];
        X509Certificate2Collection embedded = Authorities.Embedded();
        Assert.Equal(listed, embedded.Select(each => each.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()));
        Assert.Equal(39, listed.Distinct().Count());
        foreach (X509Certificate2 root in embedded)
        {
            Assert.Equal(root.Subject, root.Issuer);
            Assert.True(root.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority, root.Subject);
            Assert.True(root.GetRSAPublicKey()?.KeySize >= 2048 || root.GetECDsaPublicKey()?.KeySize >= 256, root.Subject);
            Assert.True(root.NotAfter.Year >= 2029, root.Subject);
        }
    }

    private static string Url(RawServer server) => $"https://{Host}:{server.Port}/";

    private HttpWorld World() => new HttpWorld(authorities: _authority.Anchors).Name(Host, ["127.0.0.1"]);

    private void AssertRefused(SslStreamCertificateContext certificate)
    {
        using RawServer server = new(RawServer.Ok("protected"), certificate);
        HttpWorld.AssertUnreachable("SecureConnectionError", World().Get(Url(server)));
        Assert.Equal((1, 0), (server.Connections, server.Requests.Count));
    }
}
