using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Phala.Worker.Contracts;

/// <summary>Who may vouch for servers that contracts speak <c>https</c> with.</summary>
/// <remarks>
/// Part of the measured program, never of the host: the file <c>Contracts/authorities.pem</c> is embedded. How it is chosen is in docs/decisions/0010.
/// </remarks>
internal static class Authorities
{
    private const string ResourceName = "authorities.pem";

    /// <summary>Those that the program was built with.</summary>
    public static X509Certificate2Collection Embedded()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName) ?? throw new InvalidOperationException($"The program was built without {ResourceName}.");
        using StreamReader reader = new(resource);
        return TryRead(reader.ReadToEnd(), out X509Certificate2Collection? found) ? found : throw new InvalidOperationException($"{ResourceName} holds no certificates.");
    }

    /// <summary>Reads certificates in PEM, one after the other.</summary>
    /// <param name="pem">The text; what is between certificates is passed over.</param>
    /// <param name="found">The certificates, one at least.</param>
    /// <returns>False where there are none, or one is damaged.</returns>
    public static bool TryRead(string pem, [NotNullWhen(true)] out X509Certificate2Collection? found)
    {
        found = [];
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            found.Clear();
        }

        if (found.Count > 0) return true;
        found = null;
        return false;
    }
}
