using System.Globalization;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>
/// A contract that looks through all of its memory, its global and its table before it does anything else, and then fills all of it with canaries: the first byte of its input says how it ends then. It returns whether it found anything.
/// </summary>
internal static class CanaryContract
{
    /// <summary>How a call ends.</summary>
    public const byte Return = 0, Revert = 1, Trap = 2, Loop = 3;

    /// <summary>What memory is filled with.</summary>
    public const byte Canary = 0xCA;

    private static readonly Dictionary<(int Pages, int More), byte[]> Compiled = [];

    /// <summary>The contract.</summary>
    /// <param name="world">Where it is made.</param>
    /// <param name="pages">The memory that it begins with.</param>
    /// <param name="more">How much it asks for before it looks.</param>
    public static Hash256 Deploy(ProbeWorld world, int pages, int more)
    {
        if (!Compiled.TryGetValue((pages, more), out byte[]? code)) Compiled[(pages, more)] = code = Wat.Compile(Text(pages, more));
        Hash256 id = ContractId.Of(ClusterWorld.Owner, ProbeContract.HashOf(code), ClusterWorld.Id, []);
        world.World.Apply(ProbeWorld.Upload(code));
        world.World.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, ProbeContract.HashOf(code), [], [], ProbeWorld.Gas));
        Assert.True(world.World.View().HasContract(id));
        return id;
    }

    private static string Text(int pages, int more) => string.Create(CultureInfo.InvariantCulture, $"""
        (module
          (import "seal0" "input" (func $input (param i32 i32)))
          (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
          (import "seal0" "debug_message" (func $debug (param i32 i32) (result i32)))
          (import "env" "memory" (memory {pages} {pages + more}))
          (table 8 funcref)
          (elem declare func $noted)
          (global $kept (mut i64) (i64.const 0))
          (func $noted)
          (func $look (result i64) (local $at i32) (local $end i32) (local $found i64)
            (local.set $end (i32.mul (memory.size) (i32.const 65536)))
            (loop $next
              (local.set $found (i64.or (local.get $found) (i64.load (local.get $at))))
              (local.set $at (i32.add (local.get $at) (i32.const 8)))
              (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
            (local.set $at (i32.const 0))
            (loop $next
              (if (i32.eqz (ref.is_null (table.get 0 (local.get $at)))) (then (local.set $found (i64.const -1))))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (br_if $next (i32.lt_u (local.get $at) (i32.const 8))))
            (i64.or (local.get $found) (global.get $kept)))
          (func (export "deploy"))
          (func (export "call") (local $found i64) (local $ending i32)
            (if (i32.eq (memory.grow (i32.const {more})) (i32.const -1)) (then unreachable))
            (local.set $found (call $look))
            (i32.store (i32.const 0) (i32.const 8)) (call $input (i32.const 8) (i32.const 0))
            (local.set $ending (i32.load8_u (i32.const 8)))
            (memory.fill (i32.const 0) (i32.const {Canary}) (i32.mul (memory.size) (i32.const 65536)))
            (global.set $kept (i64.const -1))
            (table.set 0 (i32.const 7) (ref.func $noted))
            (if (i32.eq (local.get $ending) (i32.const {Trap})) (then unreachable))
            (if (i32.eq (local.get $ending) (i32.const {Loop})) (then (loop $ever (br $ever))))
            (i64.store (i32.const 0) (local.get $found))
            (call $return (i32.eq (local.get $ending) (i32.const {Revert})) (i32.const 0) (i32.const 8))))
        """);
}
