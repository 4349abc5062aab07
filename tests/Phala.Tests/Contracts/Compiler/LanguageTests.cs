using Xunit;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>Small programs do the same on .NET and as WebAssembly, throwing included.</summary>
public sealed class LanguageTests
{
    private const int FewestPrograms = 250;

    public static TheoryData<string, string> Programs => new(ProgramFile.Names.SelectMany(static file => ProgramFile.ProgramsOf(file).Select(program => (file, program.Name))));

    [Theory]
    [MemberData(nameof(Programs))]
    public void AProgramDoesTheSameInBothWorlds(string file, string name)
    {
        ProgramFile programs = ProgramFile.Get(file);
        LanguageProgram program = programs.Programs.Single(each => each.Name == name);
        foreach (string[] input in program.Inputs)
        {
            string expected = programs.RunOnDotNet(program, input);
            string actual = programs.RunAsWasm(program, input);
            Assert.True(expected == actual, $"{string.Join(' ', input)}: expected {expected}, got {actual} {programs.Guest.Message}");
        }
    }

    [Fact]
    public void ThereAreManyPrograms()
    {
        LanguageProgram[] all = [.. ProgramFile.Names.SelectMany(ProgramFile.ProgramsOf)];
        Assert.True(all.Length >= FewestPrograms, $"there are {all.Length} programs");
    }
}
