using System.Buffers.Binary;
using System.Text;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Workers;

namespace Phala.Worker.Attestation;

/// <summary>The measurement of a program: a BLAKE2b-256 hash of its published files.</summary>
/// <remarks>
/// Hashed is, for each file below the folder in ascending order of its name in UTF-8: the length of the name as u32 in little endian, the name relative to the folder with <c>/</c> between its parts, the
/// length of the file as u64 in little endian, and the BLAKE2b-256 hash of its content. Files with debugging symbols and documentation (<c>.pdb</c>, <c>.xml</c>) are left out: the runtime
/// executes nothing of them.
/// </remarks>
public static class ProgramMeasurement
{
    private static readonly string[] PassedOver = [".pdb", ".xml"];

    /// <summary>The measurement of the program that runs.</summary>
    public static Measurement OfThisProgram() => OfFolder(AppContext.BaseDirectory);

    /// <summary>The measurement of a folder.</summary>
    public static Measurement OfFolder(string folder)
    {
        (byte[] Name, string Path)[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => !PassedOver.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                .Select(path => (Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')), path)),
        ];
        Array.Sort(files, static (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        Blake2bState state = Blake2bState.Create(Measurement.Size);
        foreach ((byte[] name, string path) in files) Append(ref state, name, File.ReadAllBytes(path));
        Span<byte> digest = stackalloc byte[Measurement.Size];
        state.Finish(digest);
        return new Measurement(digest);
    }

    private static void Append(ref Blake2bState state, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)name.Length);
        state.Append(number[..4]);
        state.Append(name);
        BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)content.Length);
        state.Append(number);
        Span<byte> hash = stackalloc byte[32];
        Blake2b.Hash256(content, hash);
        state.Append(hash);
    }
}
