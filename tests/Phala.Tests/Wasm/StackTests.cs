using System.Runtime.CompilerServices;
using Phala.Fuzz.CompileTime;
using Phala.Testing.Wasm.Generator;
using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Calls run out of stack at the same depth everywhere, by charge, long before the thread's stack ends.</summary>
public sealed class StackTests(ITestOutputHelper output)
{
    private const int RandomFrames = 60;

    public static TheoryData<bool> Modes => [true, false];

    /// <summary>Calls itself with one less until zero.</summary>
    private static ModuleDefinition Countdown => Guest.Define(("i:i", new CodeWriter().Op(Opcode.LocalGet, 0)
        .Open(Opcode.If, ValueKind.I32).Op(Opcode.LocalGet, 0).I32(1).Op(Opcode.I32Sub).Op(Opcode.Call, 0).Op(Opcode.Else).I32(5).Op(Opcode.End)));

    [Theory]
    [MemberData(nameof(Modes))]
    public void TheDepthOfCallsIsExactlyTheStackByTheCharge(bool optimize)
    {
        Module probe = Guest.Load(Countdown);
        int charge = probe.Code.FrameChargeOf(0);
        const int Depth = 100;
        Assert.Equal(5, Result(Depth * charge));
        Assert.Null(Result((Depth * charge) - 1));

        int? Result(int stack)
        {
            ModuleSettings settings = new() { Optimize = optimize, Limits = new ResourceLimits { StackBytes = stack } };
            CallResult result = Guest.Run(Countdown, out Value[] results, settings, Guest.Plenty, Value.OfI32(Depth - 1));
            if (!result.IsCompleted) Assert.Equal(TrapKind.StackExhausted, result.Trap);
            return result.IsCompleted ? results[0].AsI32() : null;
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void EndlessRecursionTrapsOnAThreadOfTwiceTheStack(bool optimize)
    {
        ModuleDefinition endless = Guest.Define((":", new CodeWriter().Op(Opcode.Call, 0)));
        Guest.OnThread((2 << 20) + (1 << 20), () =>
            Assert.Equal(TrapKind.StackExhausted, Guest.Run(endless, out _, new ModuleSettings { Optimize = optimize }).Trap));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void AThreadWithTooLittleStackIsAnInternalFaultAndNoCrash(bool optimize)
    {
        ModuleDefinition endless = Guest.Define((":", new CodeWriter().Op(Opcode.Call, 0)));
        ModuleSettings settings = new() { Optimize = optimize, Limits = new ResourceLimits { StackBytes = 1 << 30 } };
        Guest.OnThread(1 << 20, () => Assert.Equal(CallOutcome.InternalFault, Guest.Run(endless, out _, settings).Outcome));
    }

    /// <summary>Fat frames: many locals that are all alive across the call, long code, deep operand stacks, memory accesses.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void TheChargeIsAtLeastTheRealFrame(bool optimize)
    {
        int measured = 0;
        foreach (int locals in new[] { 0, 10, 300, 2_000 })
        {
            foreach (int repeats in new[] { 0, 1, 20, 300 })
            {
                foreach (int operands in new[] { 0, 8, 200 })
                {
                    ModuleDefinition definition = Fat(locals, repeats, operands);
                    (long real, int charge) = Measure(definition, optimize, "f1");
                    Assert.True(real > 0 && real <= charge, $"{locals} locals, {repeats} repeats, {operands} operands: frame {real}, charge {charge}");
                    measured++;
                }
            }
        }

        Assert.Equal(48, measured);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void TheChargeIsAtLeastTheRealFrameOfRandomCode(bool optimize)
    {
        List<double> shares = [];
        for (int seed = 0; seed < RandomFrames; seed++)
        {
            ModuleDefinition random = ModuleGenerator.Generate(seed, GeneratorOptions.WithProbe).Definition;
            shares.Add(ShareOfCharge(Behind(random), optimize, "f1", $"seed {seed}"));
        }

        Report(shares);
    }

    /// <summary>The shapes of the search for what compiles slowly are also those that spill much.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void TheChargeIsAtLeastTheRealFrameOfRandomShapes(bool optimize)
    {
        Random random = new(17);
        List<double> shares = [];
        while (shares.Count < RandomFrames)
        {
            CodeShape shape = CodeShape.Any(random);
            ModuleDefinition module = Behind(ShapeModule.Of(shape, mostBytes: 3_000, probed: true));
            if (Guest.ErrorOf(module) == ModuleError.None) shares.Add(ShareOfCharge(module, optimize, "f", shape.ToString()));
        }

        Report(shares);
    }

    private static double ShareOfCharge(ModuleDefinition module, bool optimize, string export, string what)
    {
        (long real, int charge) = Measure(module, optimize, export);
        Assert.True(real > 0 && real <= charge, $"{what}: frame {real}, charge {charge}");
        return (double)real / charge;
    }

    private void Report(List<double> shares)
    {
        output.WriteLine($"{shares.Count} frames of {shares.Min():p0} to {shares.Max():p0} of their charge");
        // Equal is not enough: the family is a varied one.
        Assert.True(shares.Max() > 1.5 * shares.Min());
    }

    /// <summary>
    /// Adds to the first function of a module a way in that calls the host and then the function itself, before its own code, which is not reached:
    /// its frame is real, its traps are not.
    /// </summary>
    private static ModuleDefinition Behind(ModuleDefinition random)
    {
        FunctionType type = random.Types[(int)random.Functions[0]];
        uint counter = (uint)random.Globals.Count;
        CodeWriter code = new CodeWriter().I32(0).I64(0).Op(Opcode.Call, 0).Op(Opcode.Drop);
        code.Op(Opcode.GlobalGet, counter).Open(Opcode.If).Op(Opcode.GlobalGet, counter).I32(1).Op(Opcode.I32Sub).Op(Opcode.GlobalSet, counter);
        for (uint i = 0; i < type.Parameters.Length; i++) code.Op(Opcode.LocalGet, i);
        code.Op(Opcode.Call, 1).Op(Opcode.Return).Op(Opcode.End);
        code.Op(Opcode.GlobalGet, counter).Op(Opcode.I32Eqz).Open(Opcode.If).Op(Opcode.Unreachable).Op(Opcode.End);
        FunctionBody body = random.Bodies[0];
        return random with
        {
            Start = null,
            Elements = [.. random.Elements.Select(segment => segment with { Mode = SegmentMode.Passive })],
            Data = [.. random.Data.Select(segment => segment with { Mode = SegmentMode.Passive })],
            Globals = [.. random.Globals, new GlobalDefinition(new GlobalType(ValueKind.I32, Mutable: true), ConstantExpression.OfI32(3))],
            Bodies = [body with { Code = (byte[])[.. code.ToArray(), .. body.Code.Span] }, .. random.Bodies.Skip(1)],
        };
    }

    private static ModuleDefinition Fat(int locals, int repeats, int operands)
    {
        CodeWriter code = new CodeWriter().I32(0).I64(0).Op(Opcode.Call, 0).Op(Opcode.Drop);
        for (uint i = 1; i <= locals; i++) code.Op(Opcode.LocalGet, 0).I32((int)i).Op(Opcode.I32Add).Op(Opcode.LocalSet, i);
        for (int i = 0; i < operands; i++) code.Op(Opcode.LocalGet, 0).I32(i).Op(Opcode.I32Mul);
        code.Op(Opcode.LocalGet, 0).Open(Opcode.If).Op(Opcode.LocalGet, 0).I32(1).Op(Opcode.I32Sub).Op(Opcode.Call, 1).Op(Opcode.End);
        for (int i = 0; i < operands; i++) code.Op(Opcode.Drop);
        for (int i = 0; i < repeats; i++)
        {
            code.Op(Opcode.LocalGet, 0).Op(Opcode.LocalGet, 0).Access(Opcode.I32Load, (uint)i).Op(Opcode.LocalGet, 0).Op(Opcode.I32DivU).Access(Opcode.I32Store, (uint)i);
            code.Op(Opcode.LocalGet, 0).I64(0).Op(Opcode.Call, 0).Op(Opcode.Drop);
        }

        for (uint i = 1; i <= locals; i++) code.I32(0).Op(Opcode.LocalGet, i).Access(Opcode.I32Store, i);
        return new ModuleDefinition
        {
            Types = [FunctionType.Parse("il:i"), FunctionType.Parse("i:")],
            Imports = [new Import("env", "host", ExternalKind.Function, TypeIndex: 0)],
            Functions = [1],
            Memories = [new Limits(1)],
            Exports = [new Export("f1", ExternalKind.Function, 1)],
            Bodies = [new FunctionBody([new LocalGroup((uint)locals, ValueKind.I32)], code.Op(Opcode.End).ToArray())],
        };
    }

    /// <summary>The distance between the host's frames at successive depths of a function, which calls the host first and then itself.</summary>
    private static (long Real, int Charge) Measure(ModuleDefinition definition, bool optimize, string export)
    {
        ResourceLimits limits = new() { StackBytes = 64 << 20 };
        List<long> addresses = [];
        long real = 0;
        int charge = 0;
        Guest.OnThread(130 << 20, () =>
        {
            Module module = Guest.Load(definition, new ModuleSettings { Optimize = optimize, Limits = limits });
            charge = module.Code.FrameChargeOf(0);
            using Store store = new(limits);
            Instance instance = Guest.Instantiate(module, store, new Imports().Add("env", "host", new HostFunction((HostContext _, int _, long _) => Note(addresses))));
            instance.TryGetFunction(export, out Function? function);
            store.AddFuel(Guest.Plenty);
            Value[] arguments = [.. function!.Type.Parameters.ToArray().Select(kind => Value.Of(kind, 3))];
            function.Call(arguments, new Value[function.Type.Results.Length]);
            real = addresses[1] - addresses[2];
        });
        return (real, charge);
    }

    // Unsafe: the address of a local is where the stack is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int Note(List<long> addresses)
    {
        int here = 0;
        addresses.Add((long)&here);
        return here;
    }
}
