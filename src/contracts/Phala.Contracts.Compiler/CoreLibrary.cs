using System.Collections.Immutable;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler;

/// <summary>The library of contracts as an input of compilations. Nothing that a compilation finds out is kept in it.</summary>
internal static class CoreLibrary
{
    private const string Resource = "Phala.Contracts.Corlib.dll";

    private static readonly Lazy<AssemblyImage> Opened = new(static () => AssemblyImage.Open(new AssemblyInput(Read(), [])));
    private static readonly Lazy<DefinedTypes> Defined = new(static () => new DefinedTypes(Opened.Value));

    /// <summary>The assembly; it stays open.</summary>
    public static AssemblyImage Assembly => Opened.Value;

    /// <summary>Its types, read once for all compilations.</summary>
    public static DefinedTypes Types => Defined.Value;

    private static ImmutableArray<byte> Read()
    {
        using Stream stream = typeof(CoreLibrary).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("the compiler was built without the library of contracts");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return [.. bytes];
    }
}
