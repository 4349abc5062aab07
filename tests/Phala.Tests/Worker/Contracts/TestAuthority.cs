using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Phala.Tests.Worker.Contracts;

/// <summary>An authority of a test, in memory.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ForServers = "1.3.6.1.5.5.7.3.1", ForClients = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddDays(-30), End = DateTimeOffset.UtcNow.AddDays(30);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TestAuthority? _issuer;

    /// <summary>Makes a root, or an authority between a root and servers.</summary>
    public TestAuthority(string name, TestAuthority? issuer = null)
    {
        _issuer = issuer;
        CertificateRequest request = new($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is null) Certificate = request.CreateSelfSigned(Begin, End);
        else Certificate = issuer.Sign(request, Begin.AddHours(1), End.AddHours(-1));
    }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2Collection Anchors => [Certificate];

    /// <summary>A server's certificate with its key, as it presents itself.</summary>
    public SslStreamCertificateContext Issue(string host, string purpose = ForServers, bool isExpired = false, bool sendIssuer = true, string? issuerUrl = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (issuerUrl is not null) request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, caIssuersUris: [issuerUrl]));
        using X509Certificate2 open = Sign(request, Begin.AddHours(2), isExpired ? DateTimeOffset.UtcNow.AddDays(-1) : End.AddHours(-2));
        using X509Certificate2 withKey = open.CopyWithPrivateKey(key);
        X509Certificate2 own = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
        return SslStreamCertificateContext.Create(own, sendIssuer && _issuer is not null ? [Certificate] : [], offline: true);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset begin, DateTimeOffset end) =>
        request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), begin, end, RandomNumberGenerator.GetBytes(8));
}
