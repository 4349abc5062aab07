using Phala.Testing.Wasm.Generator;
using Phala.Wasm;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>The cache gives back the same module for the same bytes and settings, within its budget.</summary>
public sealed class ModuleCacheTests
{
    [Fact]
    public void EqualBytesAndSettingsGiveTheSameModule()
    {
        ModuleCache cache = new(1 << 20);
        byte[] bytes = ModuleGenerator.Generate(1, GeneratorOptions.ForForeignEngines).Bytes;
        Assert.True(cache.TryLoad(bytes, new ModuleSettings(), out Module? first, out _));
        Assert.True(cache.TryLoad(bytes.ToArray(), new ModuleSettings(), out Module? second, out _));
        Assert.Same(first, second);
        Assert.True(cache.TryLoad(bytes, new ModuleSettings { Optimize = false }, out Module? other, out _));
        Assert.NotSame(first, other);
        Assert.Equal(2 * bytes.Length, cache.HeldBytes);
    }

    [Fact]
    public void TheLeastRecentlyUsedGoesFirst()
    {
        byte[][] modules = [.. Enumerable.Range(1, 3).Select(seed => ModuleGenerator.Generate(seed, GeneratorOptions.ForForeignEngines).Bytes)];
        ModuleCache cache = new(modules.Sum(bytes => bytes.Length) - 1);
        Assert.True(cache.TryLoad(modules[0], ModuleSettings.Default, out Module? first, out _));
        Assert.True(cache.TryLoad(modules[1], ModuleSettings.Default, out Module? second, out _));
        Assert.True(cache.TryLoad(modules[0], ModuleSettings.Default, out _, out _));
        Assert.True(cache.TryLoad(modules[2], ModuleSettings.Default, out _, out _));
        Assert.True(cache.TryLoad(modules[0], ModuleSettings.Default, out Module? again, out _));
        Assert.Same(first, again);
        Assert.True(cache.TryLoad(modules[1], ModuleSettings.Default, out Module? reloaded, out _));
        Assert.NotSame(second, reloaded);
    }

    [Fact]
    public void WhatDoesNotLoadIsNotKept()
    {
        ModuleCache cache = new(1 << 20);
        Assert.False(cache.TryLoad([1, 2, 3, 4], ModuleSettings.Default, out _, out ModuleError error));
        Assert.Equal(ModuleError.BadMagic, error);
        Assert.Equal(0, cache.HeldBytes);
    }
}
