using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>
/// The chain's <c>:code</c>: a small WebAssembly module that answers a light client's questions from proved storage, as the native runtime answers them. Full nodes execute
/// blocks natively and never run it; a light client can't be without it, as that is how it learns versions, authorities and metadata.
/// </summary>
/// <remarks>
/// <para><b>Invariant.</b> The bytes follow from the spec version, the shapes and the costs of calls alone, and differ where metadata differs: clients keep metadata by the
/// hash of <c>:code</c>. Only WebAssembly's first version is used.</para>
/// <para><b>Trust.</b> An answer is as good as the storage it was computed from. The module does not read the arguments of calls, so a transaction that it takes for valid
/// may still be refused for them.</para>
/// </remarks>
public static class LightCode
{
    private const int PageSize = 1 << 16;

    /// <summary>The module for a spec version.</summary>
    /// <param name="specVersion">The version of the rules.</param>
    /// <param name="infoOf">What a call costs; of those that hold others the least, which makes the estimate of their fee a lower bound.</param>
    public static byte[] Build(uint specVersion, Func<CallShape, DispatchInfo> infoOf)
    {
        ModuleLayout layout = new();
        Scratch scratch = new(layout, specVersion, infoOf);
        FunctionBody[] helpers = [.. ReadingFunctions.All(scratch), .. ChainFunctions.All(scratch), .. ValidityFunctions.All(scratch)];
        (string Name, FunctionBody Body)[] answers = [.. AnswerFunctions.All(layout, scratch, specVersion)];
        int heapBase = layout.Reserve(PageSize / 8);
        return ModuleWriter.Write(new ModuleDefinition
        {
            Types = [.. Signatures.Types],
            Imports = [.. Enum.GetValues<HostFunction>().Select(Signatures.Import)],
            Functions = [.. Enum.GetValues<Helper>().Select(Signatures.TypeOf), .. answers.Select(_ => Signatures.Answer)],
            Memories = [new Limits((uint)(heapBase / PageSize) + 1)],
            Globals = [new GlobalDefinition(new GlobalType(ValueKind.I32, false), ConstantExpression.OfI32(heapBase)), .. Enum.GetValues<Variable>().Skip(1).Select(Mutable)],
            Exports =
            [
                new Export("memory", ExternalKind.Memory, 0),
                new Export("__heap_base", ExternalKind.Global, (uint)Variable.HeapBase),
                .. answers.Select((answer, at) => new Export(answer.Name, ExternalKind.Function, ModuleLayout.FirstExport + (uint)at)),
            ],
            Bodies = [.. helpers, .. answers.Select(answer => answer.Body)],
            Data = [layout.Segment()],
        });
    }

    private static GlobalDefinition Mutable(Variable variable) => variable >= Variable.High
        ? new GlobalDefinition(new GlobalType(ValueKind.I64, true), new ConstantExpression(Opcode.I64Const, 0))
        : new GlobalDefinition(new GlobalType(ValueKind.I32, true), ConstantExpression.OfI32(0));
}
