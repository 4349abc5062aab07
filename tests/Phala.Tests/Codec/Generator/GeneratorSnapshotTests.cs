using Phala.Testing;
using Xunit;

namespace Phala.Tests.Codec.Generator;

/// <summary>The generated code, pinned: a change of the generator shows as a change of these files.</summary>
public sealed class GeneratorSnapshotTests
{
    public static TheoryData<string> Names => ["Record", "Union", "Enum", "FixedBytes", "Generic", "Anonymous", "Documented"];

    [Theory]
    [MemberData(nameof(Names))]
    public void GeneratedCodeIsThatOfTheSnapshot(string name)
    {
        string folder = Repository.Path("tests/Phala.Tests/Codec/Generator/Snapshots");
        var (files, reported, compiled) = GeneratorRun.Run(File.ReadAllText(Path.Combine(folder, $"{name}.in.txt")));
        Assert.Empty(reported);
        Assert.Empty(compiled);
        string generated = string.Concat(files.Select(file => $"// ==== {file.HintName}\n{file.SourceText}"));
        string path = Path.Combine(folder, $"{name}.out.txt");

        // To accept a change, delete the snapshot and run the test: it writes the file anew, and fails that once, so that nobody overlooks it.
        bool isNew = !File.Exists(path);
        if (isNew) File.WriteAllText(path, generated);
        Assert.False(isNew, "the snapshot is new: look at it and run again");
        Assert.Equal(File.ReadAllText(path), generated);
    }
}
