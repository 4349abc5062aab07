using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Phala.Tests.Crypto;

/// <summary>Where a run is meant to be without a feature of the processor, it is without it. Other runs ask for nothing.</summary>
public sealed class HiddenFeatureTests(ITestOutputHelper output)
{
    /// <summary>The environment variable that names the switch of the feature that must be hidden.</summary>
    public const string Variable = "PHALA_TEST_HIDDEN_FEATURE";

    /// <summary>What this test says where it found the feature hidden.</summary>
    public static string Report(string feature) => $"{feature}=0 is in effect";

    [Fact]
    public void WhatMustBeHiddenIs()
    {
        string? hidden = Environment.GetEnvironmentVariable(Variable);
        output.WriteLine($"{hidden ?? "nothing"} must be hidden; AVX2: {Avx2.IsSupported}, AVX-512: {Avx512F.IsSupported}");
        if (hidden is null) return;
        Assert.False(Avx512F.IsSupported, $"AVX-512 with {hidden}=0");
        if (hidden != "DOTNET_EnableAVX512") Assert.False(Avx2.IsSupported, $"AVX2 with {hidden}=0");
        output.WriteLine(Report(hidden));
    }
}
