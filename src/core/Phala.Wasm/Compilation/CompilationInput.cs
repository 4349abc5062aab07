using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Wasm.Compilation;

/// <summary>What the compilation of one function starts from.</summary>
/// <param name="Spaces">What indices mean.</param>
/// <param name="Settings">How to compile.</param>
/// <param name="Type">The function's type.</param>
/// <param name="Body">Its code.</param>
/// <param name="FrameCharge">The stack that a call is charged, in bytes.</param>
/// <param name="Index">The function's index among those that the module defines.</param>
/// <param name="CodeTable">The address of the pinned table of code addresses.</param>
/// <param name="Optimize">Whether the .NET compiler will optimize the code.</param>
internal sealed record CompilationInput(IndexSpaces Spaces, ModuleSettings Settings, FunctionType Type, FunctionBody Body, int FrameCharge, int Index, nint CodeTable, bool Optimize);
