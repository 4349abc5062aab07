using System.Globalization;
using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Imports small methods in the place of their calls.</summary>
internal sealed class Inliner(FunctionImporter function)
{
    private const int AlwaysBytes = 24, WantedBytes = 600, OnceBytes = 200, ConstantBytes = 60, DeepestInlining = 14, MostStatements = 3_000;

    private CodeBuilder Code => function.Code;

    /// <summary>Imports a method where it is called and pushes its result.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The receiver first.</param>
    /// <returns>False if a call is better.</returns>
    public bool TryInline(ClrMethod method, Value[] arguments)
    {
        if (!IsWorthwhile(method, arguments, out MethodBody? body)) return false;
        Dictionary<int, int> positions = FunctionImporter.PositionsOf(body!);
        Region region = ControlFlow.Trace(body!, positions, 0, static () => new Block(-1), null);
        bool straight = region.Order.Count == 1;
        if (!straight)
        {
            Code.SpillAll(alsoVariables: arguments.Any(static argument => argument.Place is not null));
            region = ControlFlow.Trace(body!, positions, 0, Code.NewBlock, null);
        }

        Frame frame = Enter(method, body!, positions, arguments);
        if (straight) function.ImportStraight(frame, region);
        else ImportBlocks(frame, region);
        return true;
    }

    private bool IsWorthwhile(ClrMethod method, Value[] arguments, out MethodBody? body)
    {
        body = null;
        if (!function.Program.IsFinal || !method.Definition.HasBody || method.Definition.ForbidsInlining || function.Program.NeverReturns(method) || method.Definition.Import is not null) return false;
        if (function.Frame.Depth >= DeepestInlining || Code.Statements > MostStatements) return false;
        for (Frame? frame = function.Frame; frame is not null; frame = frame.Caller)
        {
            if (frame.Method == method) return false;
        }

        body = function.Program.BodyOf(method);
        if (body.Handlers.Length > 0 || body.CatchOffset >= 0) return false;
        int limit = method.Definition.WantsInlining ? WantedBytes : function.Program.CallCount(method) == 1 ? OnceBytes : AlwaysBytes;
        bool isConstant = arguments.Length > 0 && arguments.Any(static argument => argument.Leaves is [ConstantExpression]) && arguments.All(static argument => argument.IsSimple);
        if (isConstant) limit = Math.Max(limit, ConstantBytes / 2);

        // The address of a struct need not be taken if its method is imported here.
        if (arguments.Any(static argument => argument.Place is not null)) limit = Math.Max(limit, ConstantBytes);
        return body.Size <= limit;
    }

    private Frame Enter(ClrMethod method, MethodBody body, Dictionary<int, int> positions, Value[] arguments)
    {
        GenericContext context = new(method.Owner.Arguments, method.Arguments);
        string path = string.Create(CultureInfo.InvariantCulture, $"{function.Frame.Path}{function.Frame.Offset}/");
        VariableUse use = VariableUse.Of(body);
        ClrType[] types = function.Program.ParametersOf(method);
        bool hasPlaces = arguments.Any(static argument => argument.Place is not null);
        Variable[] bound = new Variable[types.Length];
        for (int i = 0; i < types.Length; i++) bound[i] = Bind(string.Create(CultureInfo.InvariantCulture, $"{path}a{i}"), types[i], arguments[i], use, i, hasPlaces);
        Variable[] locals = function.LocalsOf(body, context, $"{path}l");
        foreach (Variable local in locals) function.Zero(local);
        return new Frame
        {
            Method = method, Body = body, Context = context, Arguments = bound, Locals = locals, Path = path, Caller = function.Frame,
            StackBase = Code.Stack.Count, Positions = positions,
        };
    }

    // A parameter that is never written stands for its argument, if that stays what it is.
    private Variable Bind(string key, ClrType type, Value argument, VariableUse use, int index, bool hasPlaces)
    {
        ValueLayout layout = function.Program.Layouts.OfVariable(type);
        bool written = use.IsWritten(index);
        if (!written && (argument.Place is not null || argument.Method is not null || argument.Field is not null || argument.TypeToken is not null))
        {
            return new Variable { Key = key, Type = type, Layout = layout, Bound = argument };
        }

        if (!argument.IsPlain) argument = new Value(type, [function.AddressOf(argument)]);
        CodeBuilder.Check(argument, layout.Leaves);
        if (!written)
        {
            Expression[] leaves = [.. argument.Leaves.Select(leaf => leaf.IsSimple && (!hasPlaces || Code.IsFixed(leaf)) ? leaf : Code.Spill(leaf))];
            return new Variable { Key = key, Type = type, Layout = layout, Bound = new Value(type, leaves) };
        }

        Variable variable = function.NewVariable(key, type);
        function.Write(variable, argument);
        return variable;
    }

    private void ImportBlocks(Frame frame, Region region)
    {
        ClrType type = frame.Method.Shape.Result;
        bool isVoid = type.Kind == TypeKind.Void;
        bool returnsOnce = frame.Body.Instructions.Count(static instruction => instruction.Code == ILOpCode.Ret) == 1;
        frame.Continuation = Code.NewBlock();
        if (!isVoid) frame.Result = [.. function.Program.Layouts.OfVariable(type).Leaves.Select(leaf => returnsOnce ? Code.StableLocal(leaf.WasmType) : Code.NewLocal(leaf.WasmType))];
        Code.Jump(region.Blocks[0]);
        function.ImportRegion(frame, region);
        if (!Code.IsReached(frame.Continuation)) return;
        Code.Begin(frame.Continuation, frame.StackBase, isLoop: false);
        if (!isVoid) Code.Push(new Value(type, [.. frame.Result!.Select(static local => (Expression)new LocalExpression(local))]));
    }
}
