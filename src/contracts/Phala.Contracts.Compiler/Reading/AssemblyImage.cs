using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>One assembly, opened: metadata, method bodies, and symbols where there are any.</summary>
internal sealed class AssemblyImage : IDisposable
{
    private readonly MetadataReaderProvider? _symbols;

    private AssemblyImage(PEReader file, MetadataReader metadata, MetadataReaderProvider? symbols)
    {
        File = file;
        Metadata = metadata;
        _symbols = symbols;
        Symbols = symbols?.GetMetadataReader();
        Name = metadata.IsAssembly ? metadata.GetString(metadata.GetAssemblyDefinition().Name) : "";
    }

    /// <summary>The assembly's simple name.</summary>
    public string Name { get; }

    public PEReader File { get; }

    public MetadataReader Metadata { get; }

    public MetadataReader? Symbols { get; }

    /// <summary>Whether this is the contract itself.</summary>
    public bool IsMain { get; set; }

    /// <summary>Opens an assembly.</summary>
    /// <exception cref="BadImageFormatException">The bytes are not an assembly.</exception>
    public static AssemblyImage Open(AssemblyInput input)
    {
        PEReader file = new(input.Image);
        try
        {
            if (!file.HasMetadata) throw new BadImageFormatException("there is no metadata");
            return new AssemblyImage(file, file.GetMetadataReader(), OpenSymbols(file, input.Symbols));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The bytes at a relative virtual address.</summary>
    public ImmutableArray<byte> DataAt(int address, int length)
    {
        PEMemoryBlock block = File.GetSectionData(address);
        if (block.Length < length) throw new BadImageFormatException("a field's data lies outside of its section");
        return block.GetContent(0, length);
    }

    public void Dispose()
    {
        _symbols?.Dispose();
        File.Dispose();
    }

    // Symbols only say where things stand: unreadable ones are as good as none.
    private static MetadataReaderProvider? OpenSymbols(PEReader file, ImmutableArray<byte> symbols)
    {
        try
        {
            MetadataReaderProvider? provider = symbols.IsDefaultOrEmpty ? Embedded(file) : MetadataReaderProvider.FromPortablePdbImage(symbols);
            provider?.GetMetadataReader();
            return provider;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static MetadataReaderProvider? Embedded(PEReader file)
    {
        foreach (DebugDirectoryEntry entry in file.ReadDebugDirectory())
        {
            if (entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb) return file.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        }

        return null;
    }
}
