using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>A contract that keeps tokens for its callers, and makes the oldest of mistakes: it pays before it writes down that it has paid.</summary>
/// <remarks>
/// Its constructor's input is the byte of flags with which it pays: 8 lets it be called meanwhile. Messages: 0 takes the value for the caller; 1 pays the caller all that it has here, by a call with the rest of the input.
/// </remarks>
internal static class BankContract
{
    private const string Text =
        """
        (module
          (import "seal0" "input" (func $input (param i32 i32)))
          (import "seal0" "caller" (func $caller (param i32 i32)))
          (import "seal0" "value_transferred" (func $value (param i32 i32)))
          (import "seal1" "get_storage" (func $get (param i32 i32 i32 i32) (result i32)))
          (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
          (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
          (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
          (import "env" "memory" (memory 1 1))
          (func $arrive
            (i32.store (i32.const 0x0c) (i32.const 0x8000)) (call $input (i32.const 0x1000) (i32.const 0x0c))
            (i32.store (i32.const 0x10) (i32.const 32)) (call $caller (i32.const 0x100) (i32.const 0x10))
            (i32.store (i32.const 0x14) (i32.const 16)) (call $value (i32.const 0x140) (i32.const 0x14))
            (i32.store8 (i32.const 0x200) (i32.const 0x66)))
          (func $note (drop (call $set (i32.const 0x100) (i32.const 32) (i32.const 0x180) (i32.const 16))))
          (func (export "deploy")
            (call $arrive)
            (drop (call $set (i32.const 0x200) (i32.const 1) (i32.const 0x1000) (i32.const 1))))
          (func (export "call")
            (call $arrive)
            (i32.store (i32.const 0x18) (i32.const 16))
            (drop (call $get (i32.const 0x100) (i32.const 32) (i32.const 0x180) (i32.const 0x18)))
            (if (i32.eqz (i32.load8_u (i32.const 0x1000)))
              (then
                (i64.store (i32.const 0x180) (i64.add (i64.load (i32.const 0x180)) (i64.load (i32.const 0x140))))
                (call $note))
              (else
                (i32.store (i32.const 0x1c) (i32.const 1))
                (drop (call $get (i32.const 0x200) (i32.const 1) (i32.const 0x1c0) (i32.const 0x1c)))
                (if (call $call (i32.load8_u (i32.const 0x1c0)) (i32.const 0x100) (i64.const 0) (i32.const 0x180)
                      (i32.const 0x1001) (i32.sub (i32.load (i32.const 0x0c)) (i32.const 1)) (i32.const -1) (i32.const 0))
                  (then (call $return (i32.const 1) (i32.const 0) (i32.const 0))))
                (i64.store (i32.const 0x180) (i64.const 0))
                (call $note)))))
        """;

    private static readonly Lazy<byte[]> Compiled = new(() => Wat.Compile(Text));

    public static Hash256 Id { get; } = ContractId.Of(ClusterWorld.Owner, ProbeContract.HashOf(Compiled.Value), ClusterWorld.Id, []);

    /// <summary>Opens the bank, which pays by calls with these flags.</summary>
    public static void Open(ProbeWorld world, byte flags)
    {
        world.World.Apply(ProbeWorld.Upload(Compiled.Value));
        world.World.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, ProbeContract.HashOf(Compiled.Value), [], [flags], ProbeWorld.Gas));
        Assert.True(world.World.View().HasContract(Id));
    }
}
