using Phala.Testing.Wasm;
using Phala.Testing.Wasm.Generator;
using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Every reason for refusing a module is given to a module that deserves it.</summary>
public sealed class ModuleErrorTests
{
    public static TheoryData<int> Broken => [.. Enumerable.Range(0, BrokenModules.All.Count)];

    public static TheoryData<string> Limits => [.. LimitCases.All.Select(limit => limit.Property)];

    [Theory]
    [MemberData(nameof(Broken))]
    public void ABrokenModuleIsRefusedForItsReason(int index)
    {
        (ModuleError error, byte[] bytes) = BrokenModules.All[index];
        Assert.Equal(error, Guest.ErrorOf(bytes));
        Assert.Equal(1, (error.IsMalformed() ? 1 : 0) + (error.IsUnsupported() ? 1 : 0) + (error.IsLimit() ? 1 : 0) + (error.IsInvalid() ? 1 : 0));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void WhatIsOnALimitLoadsAndOneMoreDoesNot(string property)
    {
        LimitCase limit = LimitCases.All.Single(candidate => candidate.Property == property);
        ModuleSettings settings = new() { Limits = LimitCases.Tight };
        Assert.Equal(ModuleError.None, Guest.ErrorOf(limit.Make(limit.Limit(LimitCases.Tight)), settings));
        Assert.Equal(limit.Error, Guest.ErrorOf(limit.Make(limit.Limit(LimitCases.Tight) + 1), settings));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void TheDefaultsAreLimitsToo(string property)
    {
        LimitCase limit = LimitCases.All.Single(candidate => candidate.Property == property);
        Assert.Equal(ModuleError.None, Guest.ErrorOf(limit.Make(limit.Limit(ResourceLimits.Default))));
        Assert.Equal(limit.Error, Guest.ErrorOf(limit.Make(limit.Limit(ResourceLimits.Default) + 1)));
    }

    [Fact]
    public void EveryErrorAndEveryLimitHasACase()
    {
        IEnumerable<ModuleError> covered = [.. BrokenModules.All.Select(pair => pair.Key), .. LimitCases.All.Select(limit => limit.Error), ModuleError.None, ModuleError.FloatForbidden];
        Assert.Empty(Enum.GetValues<ModuleError>().Except(covered));
        IEnumerable<string> limits = typeof(ResourceLimits).GetProperties().Where(property => property.PropertyType == typeof(int)).Select(property => property.Name);
        Assert.Equal(["StackBytes"], limits.Except(LimitCases.All.Select(limit => limit.Property)));
    }

    [Fact]
    public void WhereFloatsAreForbiddenNoneComesThrough()
    {
        ModuleSettings integers = new() { AllowFloats = false };
        ModuleDefinition[] withFloats =
        [
            new() { Types = [FunctionType.Parse("f:")] },
            new() { Types = [FunctionType.Parse(":d")] },
            new() { Globals = [new GlobalDefinition(new GlobalType(ValueKind.F64, false), new ConstantExpression(Opcode.F64Const, 0))] },
            Modules.Of(":", new CodeWriter().F32(0).Op(Opcode.Drop)),
            Modules.Of(":", new CodeWriter().I32(0).Access(Opcode.F64Load).Op(Opcode.Drop)),
            Modules.Of(":", new CodeWriter().I32(0).Op(Opcode.F32ConvertI32S).Op(Opcode.Drop)),
            Modules.Of(":", new CodeWriter().Op(Opcode.Unreachable).Open(Opcode.Block, ValueKind.F32).Op(Opcode.Unreachable).Op(Opcode.End).Op(Opcode.Drop)),
            Modules.Of(":", new CodeWriter().Op(Opcode.Unreachable).SelectOf(ValueKind.F64).Op(Opcode.Drop)),
            Modules.Of(":", new CodeWriter()) with { Bodies = [new FunctionBody([new LocalGroup(1, ValueKind.F32)], new CodeWriter().Op(Opcode.End).ToArray())] },
        ];
        foreach (ModuleDefinition module in withFloats)
        {
            Assert.Equal(ModuleError.None, Guest.ErrorOf(module));
            Assert.Equal(ModuleError.FloatForbidden, Guest.ErrorOf(module, integers));
        }

        Assert.Equal(ModuleError.None, Guest.ErrorOf(Modules.Of("il:i", new CodeWriter().I32(1)), integers));
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            byte[] bytes = ModuleGenerator.Generate(seed, GeneratorOptions.ForForeignEngines).Bytes;
            Assert.True(ModuleDecoder.TryDecode(bytes, ResourceLimits.Default, out ModuleDefinition? module, out _));
            Assert.Equal(bytes, ModuleWriter.Write(module!));
        }
    }

    [Fact]
    public void EveryPrefixOfAModuleIsRefusedWithoutException()
    {
        byte[] bytes = ModuleGenerator.Generate(3, GeneratorOptions.ForForeignEngines).Bytes;
        int refused = 0;
        for (int length = 0; length < bytes.Length; length++) refused += Guest.ErrorOf(bytes[..length]) == ModuleError.None ? 0 : 1;
        // A cut between sections may leave a module, but only before functions are announced.
        Assert.InRange(refused, bytes.Length - 3, bytes.Length);
    }
}
