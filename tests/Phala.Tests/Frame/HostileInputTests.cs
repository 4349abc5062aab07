using Phala.Fuzz;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Frame;

/// <summary>A sample of the hostile input run; the long one is the program <c>tests/Phala.Fuzz</c>.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    public static TheoryData<string> Targets => new(FuzzTargets.All.Select(target => target.Name));

    [Theory]
    [MemberData(nameof(Targets))]
    public void HostileInputNeverThrowsNorAllocatesBeyondItsBound(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(target => target.Name == name);
        FuzzReport report = FuzzRun.Run(target, target.SampleSize, seed: 7);
        output.WriteLine(report.ToString());
        Assert.Null(report.Failure);
    }
}
