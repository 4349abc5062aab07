using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>A contract with two pages of memory, or one more that it asks for, that reaches for what lies beyond: its input says how, and where. What it got it returns.</summary>
internal static class ProwlerContract
{
    public const uint MemoryEnd = 2 * 65_536, GrownEnd = 3 * 65_536;

    private const string Text =
        """
        (module
          (type $asked (func (param i32) (result i32)))
          (type $other (func (param i64)))
          (import "seal0" "input" (func $input (param i32 i32)))
          (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
          (import "seal0" "caller" (func $caller (param i32 i32)))
          (import "seal0" "hash_blake2_256" (func $hash (param i32 i32 i32)))
          (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
          (import "env" "memory" (memory 2 4))
          (table 2 funcref)
          (elem (i32.const 0) $same $elsewhere)
          (func $same (type $asked) (local.get 0))
          (func $elsewhere (type $other))
          (func $a (result i32) (i32.load (i32.const 0x104)))
          (func $b (result i32) (i32.load (i32.const 0x108)))
          (func $deeper (param i32) (result i32) (i32.add (call $deeper (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
          (func $tell (param i32) (i32.store (i32.const 0x20) (local.get 0)) (call $return (i32.const 0) (i32.const 0x20) (i32.const 4)))
          (func (export "deploy"))
          (func (export "call")
            (i32.store (i32.const 0x10) (i32.const 64)) (call $input (i32.const 0x100) (i32.const 0x10))
            (if (i32.load8_u (i32.const 0x101)) (then (drop (memory.grow (i32.const 1)))))
            (block $9 (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
              (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 $9 (i32.load8_u (i32.const 0x100))))
              (call $tell (i32.load (call $a))) (return))
              (i32.store (call $a) (i32.const -1)) (return))
              (memory.copy (i32.const 0x400) (call $a) (call $b)) (call $tell (i32.load (i32.const 0x400))) (return))
              (memory.fill (call $a) (i32.const 255) (call $b)) (return))
              (call $tell (call_indirect (type $asked) (i32.const 7) (call $a))) (return))
              (call $tell (call $deeper (i32.const 0))) (return))
              (call $return (i32.const 0) (call $a) (call $b)) (return))
              (i32.store (i32.const 0x30) (i32.const 32)) (call $caller (call $a) (i32.const 0x30)) (return))
              (call $hash (call $a) (call $b) (i32.const 0x400)) (call $tell (i32.load (i32.const 0x400))) (return))
              (call $tell (memory.grow (call $a)))))
        """;

    private static readonly Lazy<byte[]> Compiled = new(() => Wat.Compile(Text));

    public static Hash256 Id { get; } = ContractId.Of(ClusterWorld.Owner, ProbeContract.HashOf(Compiled.Value), ClusterWorld.Id, []);

    public static void Deploy(ProbeWorld world)
    {
        world.World.Apply(ProbeWorld.Upload(Compiled.Value));
        world.World.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, ProbeContract.HashOf(Compiled.Value), [], [], ProbeWorld.Gas));
        Assert.True(world.World.View().HasContract(Id));
    }

    /// <summary>What makes it do something.</summary>
    /// <param name="reach">What.</param>
    /// <param name="a">Where, as a rule.</param>
    /// <param name="b">How many bytes, where that is to say.</param>
    /// <param name="grows">Whether it asks for one page more before.</param>
    public static byte[] Input(Reach reach, uint a, uint b = 0, bool grows = false) => [(byte)reach, (byte)(grows ? 1 : 0), 0, 0, .. BitConverter.GetBytes(a), .. BitConverter.GetBytes(b)];
}
