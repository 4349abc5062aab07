using System.Collections.Immutable;

namespace Phala.Contracts.Compiler;

/// <summary>The library of contracts as an input of compilations.</summary>
internal static class CoreLibrary
{
    private const string Resource = "Phala.Contracts.Corlib.dll";

    private static readonly Lazy<ImmutableArray<byte>> Bytes = new(Read);

    /// <summary>The assembly's bytes.</summary>
    public static ImmutableArray<byte> Image => Bytes.Value;

    private static ImmutableArray<byte> Read()
    {
        using Stream stream = typeof(CoreLibrary).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("the compiler was built without the library of contracts");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return [.. bytes];
    }
}
