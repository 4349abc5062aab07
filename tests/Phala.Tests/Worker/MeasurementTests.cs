using Phala.Runtime.Interface.Workers;
using Phala.Worker.Attestation;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What identifies a program.</summary>
public sealed class MeasurementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("measured-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_file_counts_with_name_place_and_content_and_nothing_else_does()
    {
        Write("b.dll", "two");
        Write("sub/a.json", "one");
        Measurement first = Measure();

        Write("b.pdb", "symbols");
        Write("b.xml", "documentation");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "b.dll"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(first, Measure());

        Write("b.dll", "twp");
        Assert.NotEqual(first, Measure());
        Write("b.dll", "two");
        Assert.Equal(first, Measure());
        File.Move(Path.Combine(_folder, "b.dll"), Path.Combine(_folder, "c.dll"));
        Assert.NotEqual(first, Measure());
        File.Move(Path.Combine(_folder, "c.dll"), Path.Combine(_folder, "b.dll"));
        File.Move(Path.Combine(_folder, "sub/a.json"), Path.Combine(_folder, "a.json"));
        Assert.NotEqual(first, Measure());
        File.Move(Path.Combine(_folder, "a.json"), Path.Combine(_folder, "sub/a.json"));
        Assert.Equal(first, Measure());
        Write("new", "");
        Assert.NotEqual(first, Measure());
    }

    private Measurement Measure() => ProgramMeasurement.OfFolder(_folder);

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
