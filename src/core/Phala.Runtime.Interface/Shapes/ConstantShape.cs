using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>A constant that metadata tells clients.</summary>
/// <param name="Name">The name, such as <c>ExistentialDeposit</c>.</param>
/// <param name="Value">The encoded value.</param>
/// <param name="Describe">Adds its type and returns the id.</param>
/// <param name="Docs">What it means and its unit.</param>
public sealed record ConstantShape(string Name, byte[] Value, Func<TypeRegistryBuilder, int> Describe, string Docs);
