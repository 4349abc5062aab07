namespace Phala.Contracts.Compiler.Reading;

/// <summary>Where things are in a type's memory.</summary>
/// <param name="Size">Bytes of a value, or of an object with its header.</param>
/// <param name="Alignment">A power of two up to 16.</param>
/// <param name="Leaves">The scalars of a value in the order of fields; of an object none.</param>
/// <param name="Offsets">By field: bytes from the beginning; -1 for static fields.</param>
/// <param name="FirstLeaves">By field of a struct: the index of its first scalar.</param>
internal sealed record ValueLayout(int Size, int Alignment, Leaf[] Leaves, int[] Offsets, int[] FirstLeaves);
