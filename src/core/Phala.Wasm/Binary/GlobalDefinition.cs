namespace Phala.Wasm.Binary;

/// <summary>A global variable of a module.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its initial value.</param>
public readonly record struct GlobalDefinition(GlobalType Type, ConstantExpression Value);
