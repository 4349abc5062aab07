namespace Phala.Contracts.Compiler.Reading;

/// <summary>A method's body, decoded.</summary>
/// <param name="Size">Bytes of code.</param>
/// <param name="Instructions">In order.</param>
/// <param name="Locals">The types of local variables, in the definition's own terms.</param>
/// <param name="Handlers">Handlers of <c>finally</c>, inner ones first.</param>
/// <param name="CatchOffset">Where the first region with another kind of handler begins, or -1.</param>
internal sealed record MethodBody(int Size, Instruction[] Instructions, ClrType[] Locals, Handler[] Handlers, int CatchOffset);
