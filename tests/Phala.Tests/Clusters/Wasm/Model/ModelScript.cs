namespace Phala.Tests.Clusters.Wasm.Model;

/// <summary>Steps of a model, as a script for a probe, and drawn by chance.</summary>
internal static class ModelScript
{
    private const int Key = 0x100, Value = 0x140, Account = 0x300, Code = 0x340, Amount = 0x380, Data = 0x1000;

    public static byte[] Write(IReadOnlyList<ModelStep> steps)
    {
        ProbeScript script = new();
        foreach (ModelStep step in steps)
        {
            if (step is ModelStep.GiveUp end) return end.Traps ? script.Trap() : script.Revert();
            Write(script, step);
        }

        return script.End();
    }

    /// <summary>Draws steps, in an order that the same numbers always give.</summary>
    public static IReadOnlyList<ModelStep> Draw(Random random, int contracts, int depth = 3)
    {
        List<ModelStep> steps = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => DrawOne(random, contracts, depth))];
        if (random.Next(60) == 0) steps.Add(new ModelStep.Terminate(RandomScripts.People[random.Next(4)]));
        else if (random.Next(12) == 0) steps.Add(new ModelStep.GiveUp(random.Next(2) == 0));
        return steps;
    }

    private static ModelStep DrawOne(Random random, int contracts, int depth)
    {
        byte key = (byte)random.Next(8);
        byte[] bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return random.Next(14) switch
        {
            0 or 1 or 2 or 3 => new ModelStep.Set(key, bytes),
            4 or 5 => new ModelStep.Clear(key),
            6 => new ModelStep.Length(key),
            7 or 8 => new ModelStep.Pay(random.Next(3) == 0 ? new(ProbeWorld.Probe((byte)random.Next(contracts)).AsSpan()) : RandomScripts.People[random.Next(4)], (byte)random.Next(80)),
            9 => new ModelStep.Emit(bytes),
            10 when depth > 0 => new ModelStep.Lend(Draw(random, contracts, depth - 1)),
            11 or 12 or 13 when depth > 0 => new ModelStep.Call(random.Next(contracts), (byte)random.Next(60), random.Next(3) == 0, Draw(random, contracts, depth - 1)),
            _ => new ModelStep.Set(key, bytes),
        };
    }

    private static void Write(ProbeScript script, ModelStep step)
    {
        switch (step)
        {
            case ModelStep.Set set:
                script.Write(Key, set.Key).Write(Value, set.Value).Call("seal2", "set_storage", Key, 1, Value, set.Value.Length);
                break;
            case ModelStep.Clear clear:
                script.Write(Key, clear.Key).Call("seal1", "clear_storage", Key, 1);
                break;
            case ModelStep.Length length:
                script.Write(Key, length.Key).Call("seal1", "contains_storage", Key, 1);
                break;
            case ModelStep.Pay pay:
                script.Write(Account, pay.To.AsSpan()).Write(Amount, [pay.Amount, .. new byte[15]]).Call("seal0", "transfer", Account, 32, Amount, 16);
                break;
            case ModelStep.Emit emit:
                script.Write(Value, emit.Data).Call("seal0", "deposit_event", 0, 0, Value, emit.Data.Length);
                break;
            case ModelStep.Call call:
                byte[] input = Write(call.Steps);
                script.Write(Data, input).Write(Account, ProbeWorld.Probe((byte)call.Callee).AsSpan()).Write(Amount, [call.Value, .. new byte[15]]);
                script.Call("seal1", "call", call.AllowsReentry ? 8 : 0, Account, 0, Amount, Data, input.Length, -1, 0);
                break;
            case ModelStep.Lend lend:
                byte[] lent = Write(lend.Steps);
                script.Write(Data, lent).Write(Code, ProbeContract.CodeHash.AsSpan()).Call("seal0", "delegate_call", 0, Code, Data, lent.Length, -1, 0);
                break;
            case ModelStep.Terminate terminate:
                script.Write(Account, terminate.Beneficiary.AsSpan()).Call("seal1", "terminate", Account);
                break;
        }
    }
}
