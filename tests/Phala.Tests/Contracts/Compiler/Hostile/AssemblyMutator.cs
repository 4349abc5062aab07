using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Phala.Tests.Contracts.Compiler.Hostile;

/// <summary>Makes hostile assemblies of a good one: bytes of code, of metadata, or of the file are changed.</summary>
internal sealed class AssemblyMutator
{
    private readonly byte[] _image;
    private readonly (int Start, int Length)[] _code;
    private readonly (int Start, int Length) _metadata;

    public AssemblyMutator(ImmutableArray<byte> image)
    {
        _image = [.. image];
        using PEReader file = new(image);
        MetadataReader reader = file.GetMetadataReader();
        _metadata = (file.PEHeaders.MetadataStartOffset, file.PEHeaders.MetadataSize);
        _code = [.. reader.MethodDefinitions.Select(reader.GetMethodDefinition).Where(static method => method.RelativeVirtualAddress != 0)
            .Select(method => Range(file, method.RelativeVirtualAddress)).Where(static range => range.Length > 4)];
    }

    /// <summary>A mutant. Nine of ten keep the file's outermost structure.</summary>
    public byte[] Mutate(System.Random random)
    {
        byte[] mutant = [.. _image];
        int kind = random.Next(20);
        if (kind == 0) return mutant[..random.Next(mutant.Length)];
        int changes = 1 + random.Next(3);
        for (int i = 0; i < changes; i++)
        {
            (int start, int length) = kind switch { 1 => (0, mutant.Length), < 5 => _metadata, _ => _code[random.Next(_code.Length)] };
            int at = start + random.Next(length);
            mutant[at] = random.Next(4) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(mutant[at] ^ (1 << random.Next(8))),
                2 => (byte)(mutant[at] + random.Next(-2, 3)),
                _ => mutant[start + random.Next(length)],
            };
        }

        return mutant;
    }

    private static (int Start, int Length) Range(PEReader file, int address)
    {
        MethodBodyBlock body = file.GetMethodBody(address);
        SectionHeader section = file.PEHeaders.SectionHeaders[file.PEHeaders.GetContainingSectionIndex(address)];
        return (address - section.VirtualAddress + section.PointerToRawData, body.Size);
    }
}
