using Phala.Fuzz.Targets.Wasm;
using Phala.Testing;
using Phala.Wasm;
using Xunit;

namespace Phala.Tests.Wasm.Differential;

/// <summary>The corpus of hostile modules is what it says.</summary>
public sealed class RefusedModulesTests
{
    [Fact]
    public void EachModuleIsRefusedForItsReason()
    {
        Findings.None(RefusedModules.All.Select(each => (each.Error, Actual: Load(each.Bytes, each.Error != ModuleError.FloatForbidden)))
            .Where(pair => pair.Error != pair.Actual).Select(pair => $"{pair.Error}: refused for {pair.Actual}"));
    }

    [Fact]
    public void EveryReasonHasItsModule()
    {
        Findings.None(Enum.GetValues<ModuleError>().Where(error => error != ModuleError.None && RefusedModules.All.All(each => each.Error != error)).Select(error => error.ToString()));
    }

    private static ModuleError Load(byte[] bytes, bool allowFloats)
    {
        Module.TryLoad(bytes, new ModuleSettings { Limits = RefusedModules.Limits, AllowFloats = allowFloats }, out _, out ModuleError error);
        return error;
    }
}
