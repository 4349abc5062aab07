using System.Text;
using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>Strings and characters.</summary>
[Scale]
public readonly partial record struct Texts(string Name, Rune Letter, Vec<string> Lines, string? Note);
