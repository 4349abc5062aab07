using System.Globalization;
using System.Security.Cryptography;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Differential;

/// <summary>How traces write values and state, so that those of different implementations can be compared as texts.</summary>
internal static class TraceText
{
    private const int MostElements = 48;

    public static string Of(ValueKind kind, ulong bits, object? reference) =>
        kind.IsReference() ? $"{kind}:{reference ?? "null"}" : string.Create(CultureInfo.InvariantCulture, $"{kind}:{bits:x}");

    public static string OfFunction(int index) => string.Create(CultureInfo.InvariantCulture, $"function {index}");

    public static string OfMemory(ReadOnlySpan<byte> bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes {Convert.ToHexStringLower(SHA256.HashData(bytes))}");

    public static string OfTable(int length, IEnumerable<string> elements) =>
        string.Create(CultureInfo.InvariantCulture, $"{length} elements {string.Join(", ", elements.Take(MostElements))}");
}
